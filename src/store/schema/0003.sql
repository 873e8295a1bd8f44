-- The life of a story: under which headline an edition carried it, and what the
-- editor has decided on it before an edition is made.

ALTER TABLE edition_story ADD COLUMN title TEXT;  -- its headline there; NULL: printed before this was kept

-- choice: lead, pin (into the list), kill.
CREATE TABLE choice (
	story_id BIGINT PRIMARY KEY,
	choice TEXT NOT NULL,
	made_at BIGINT NOT NULL
);
