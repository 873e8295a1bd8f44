-- What was put right in an edition after its publication. The revision of a
-- correction is never changed; the one before the first is what was published.
CREATE TABLE correction (
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	n BIGINT NOT NULL,             -- 1, 2 ... of that edition
	revision BIGINT NOT NULL,      -- the copy that it led to
	made_at BIGINT NOT NULL,
	note TEXT NOT NULL,            -- what was wrong; '': a misprint
	mail BIGINT NOT NULL,          -- 1: a letter tells of it
	printed_at BIGINT,             -- NULL: the site lacks it yet
	carried_by BIGINT,             -- the edition whose Corrections have it
	PRIMARY KEY (edition_id, n)
);

-- A letter tells of an edition (correction 0) or of one of its corrections.
-- SQLite can't change what is unique in a table, so it is made anew.
CREATE TABLE delivery_new (
	id {ID},
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	correction BIGINT NOT NULL,
	subscriber_id BIGINT NOT NULL REFERENCES subscriber (id),
	state TEXT NOT NULL,
	due_at BIGINT NOT NULL,
	lease_until BIGINT,
	worker TEXT,
	tries BIGINT NOT NULL,
	message_id TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	reason TEXT,
	UNIQUE (edition_id, correction, subscriber_id)
);
INSERT INTO delivery_new (edition_id, correction, subscriber_id, state, due_at, lease_until, worker, tries, message_id, changed_at, reason)
	SELECT edition_id, 0, subscriber_id, state, due_at, lease_until, worker, tries, message_id, changed_at, reason
	FROM delivery ORDER BY id;
DROP TABLE delivery;
ALTER TABLE delivery_new RENAME TO delivery;
CREATE INDEX delivery_state ON delivery (state, due_at, id);
