-- Fetching: when a feed was read whole, what it asks of its readers, the
-- address it had before it moved, robots.txt by host, WebSub by feed.

ALTER TABLE feed ADD COLUMN fault TEXT NOT NULL DEFAULT '';  -- of the last try: '', net, tls, missing, refused, closed, input, limit, busy
ALTER TABLE feed ADD COLUMN digest TEXT;             -- of the last body that was read
ALTER TABLE feed ADD COLUMN whole_at BIGINT;         -- when that was
ALTER TABLE feed ADD COLUMN unchanged BIGINT NOT NULL DEFAULT 0;  -- answers of 304 in a row
ALTER TABLE feed ADD COLUMN lied_at BIGINT;          -- a 304 was found untrue: asked whole for some time
ALTER TABLE feed ADD COLUMN newest_at BIGINT;        -- date of its newest item
ALTER TABLE feed ADD COLUMN skip_hours BIGINT NOT NULL DEFAULT 0; -- bit n: not at n o'clock UTC
ALTER TABLE feed ADD COLUMN skip_days BIGINT NOT NULL DEFAULT 0;  -- bit n: not on that day, 0 is Monday
ALTER TABLE feed ADD COLUMN old_url TEXT;            -- where it lived before it moved for good
ALTER TABLE feed ADD COLUMN old_until_at BIGINT;     -- until then the move can be undone
ALTER TABLE feed ADD COLUMN push_until_at BIGINT;    -- a hub tells us of its news until then

-- A page that could not be had just now is tried again.
ALTER TABLE article ADD COLUMN retry_at BIGINT;
CREATE INDEX article_retry ON article (retry_at) WHERE retry_at IS NOT NULL;

-- What robots.txt of an origin says to us, until it is asked again.
CREATE TABLE robots (
	origin TEXT PRIMARY KEY,       -- https://host:port
	rules TEXT NOT NULL,           -- see wire/robots.h
	until_at BIGINT NOT NULL
);
CREATE INDEX robots_until ON robots (until_at);

-- state: wanted (to be asked for), asked, active, refused (by the hub).
CREATE TABLE websub (
	feed_id BIGINT PRIMARY KEY REFERENCES feed (id),
	hub TEXT NOT NULL,
	topic TEXT NOT NULL,
	token TEXT NOT NULL UNIQUE,    -- unguessable; names it in its callback
	secret TEXT NOT NULL,          -- signs what the hub sends
	state TEXT NOT NULL,
	due_at BIGINT NOT NULL,        -- when to ask the hub next
	lease_until_at BIGINT,
	failures BIGINT NOT NULL,
	outcome TEXT NOT NULL
);
CREATE INDEX websub_due ON websub (due_at);
