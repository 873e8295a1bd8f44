-- quiz: how readers did, added up as they answer, and nothing of who they are.
CREATE TABLE quiz_tally (
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	question TEXT NOT NULL,        -- its id in the form
	answered BIGINT NOT NULL,
	correct BIGINT NOT NULL,
	PRIMARY KEY (edition_id, question)
);
-- Forms that were counted: one that comes again is not. Kept as long as its
-- token is good.
CREATE TABLE quiz_form (
	token TEXT PRIMARY KEY,
	counted_at BIGINT NOT NULL
);
CREATE INDEX quiz_form_counted ON quiz_form (counted_at);
