-- Why an edition carried what it carried, and left out what it left out: the
-- ranking as compose had it then, of its stories and the best of the others.
CREATE TABLE edition_rank (
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	story_id BIGINT NOT NULL,
	place BIGINT NOT NULL,         -- these as in ranking
	score DOUBLE PRECISION NOT NULL,
	ranked_at BIGINT NOT NULL,
	terms TEXT NOT NULL,
	PRIMARY KEY (edition_id, story_id)
);
CREATE INDEX edition_rank_story ON edition_rank (story_id, ranked_at);
CREATE INDEX edition_rank_ranked ON edition_rank (ranked_at);
