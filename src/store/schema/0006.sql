-- series: what is watched for news. A feed of kind 'series' and what its owner
-- says of its figures.
CREATE TABLE gauge (
	feed_id BIGINT PRIMARY KEY,
	path TEXT NOT NULL,            -- where in a JSON the rows are; '': it is the rows
	date_column TEXT NOT NULL,     -- '': the first with dates
	value_column TEXT NOT NULL,    -- '': the first with numbers
	unit TEXT NOT NULL,
	place TEXT NOT NULL,
	frequency TEXT NOT NULL,       -- year, quarter, month, week, day, hour; '': as the dates tell
	against BIGINT NOT NULL,       -- another series whose crossing is news; 0: none
	weight BIGINT NOT NULL,        -- 1 low, 2, 3 high
	decimals BIGINT NOT NULL,      -- most of any value read
	period TEXT NOT NULL,          -- the frequency as it was found; '': not yet
	changed_at BIGINT NOT NULL,    -- a value came or was revised; 0: never
	looked_at BIGINT NOT NULL      -- what was there then was searched for news; 0: never
);

-- A value as it was published at seen_at: a later row of the same date is its
-- revision.
CREATE TABLE gauge_point (
	feed_id BIGINT NOT NULL,
	at BIGINT NOT NULL,            -- the first second of its period, UTC
	value DOUBLE PRECISION NOT NULL,
	seen_at BIGINT NOT NULL,
	PRIMARY KEY (feed_id, at, seen_at)
);

-- What is news in a series, as of looked_at. Those whose looked_at is the
-- series' own are in force; the others tell what was found before.
CREATE TABLE finding (
	id {ID},
	feed_id BIGINT NOT NULL,
	kind TEXT NOT NULL,            -- high, low, rises, ... (edition/finding.h)
	at BIGINT NOT NULL,            -- of the value that is news
	value DOUBLE PRECISION NOT NULL,
	level DOUBLE PRECISION NOT NULL, -- what it crossed, came back to or moved by
	since_at BIGINT,               -- the last time; NULL: never in the series
	run BIGINT NOT NULL,           -- so many periods back to that
	length BIGINT NOT NULL,        -- of a streak
	hits BIGINT NOT NULL,          -- how often the series did as much before ...
	chances BIGINT NOT NULL,       -- ... of so many times it could have
	rarity DOUBLE PRECISION NOT NULL, -- bits
	brief DOUBLE PRECISION NOT NULL,  -- bits off for a short history
	found_at BIGINT NOT NULL,
	looked_at BIGINT NOT NULL,
	edition_id BIGINT NOT NULL,    -- whose chart it is; 0: none
	UNIQUE (feed_id, kind, at)
);
