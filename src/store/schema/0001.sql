-- The first edition. {ID} and {BYTES} stand for what each engine calls an
-- identity column and bytes; everything else is the SQL that both speak.
-- Instants are seconds since 1970 in UTC, named _at.

CREATE TABLE meta (
	key TEXT PRIMARY KEY,
	value TEXT NOT NULL
);

-- wire: what we read. state: active, paused, gone (says its host), removed
-- (by the owner; kept for the articles that came from it).
CREATE TABLE feed (
	id {ID},
	url TEXT NOT NULL UNIQUE,
	home TEXT,
	title TEXT NOT NULL,
	source TEXT NOT NULL,          -- publisher family
	kind TEXT NOT NULL,            -- news, opinion, magazine, culture
	beat TEXT NOT NULL,
	language TEXT,
	state TEXT NOT NULL,
	added_at BIGINT NOT NULL,
	due_at BIGINT NOT NULL,
	checked_at BIGINT,             -- last try
	ok_at BIGINT,                  -- last success
	etag TEXT,
	modified TEXT,                 -- Last-Modified, verbatim
	failures BIGINT NOT NULL,      -- in a row
	outcome TEXT NOT NULL,         -- one clear line on the last try; '' before it
	moved_url TEXT,                -- where a 301 or 308 points
	moved_times BIGINT NOT NULL    -- how often in a row it did
);
CREATE INDEX feed_due ON feed (state, due_at);

-- article. state: new (page not read yet), read (text is the page's), own (text is the feed's), thin (title and summary only).
CREATE TABLE article (
	id {ID},
	feed_id BIGINT NOT NULL REFERENCES feed (id),
	identity TEXT NOT NULL UNIQUE, -- what makes two items one: see wire/identity.h
	guid TEXT,
	url TEXT NOT NULL,
	title TEXT NOT NULL,
	authors TEXT,                  -- a line each
	source TEXT NOT NULL,
	kind TEXT NOT NULL,
	beat TEXT NOT NULL,
	language TEXT,
	mark TEXT,                     -- exclusive, live, update ...
	published_at BIGINT,
	seen_at BIGINT NOT NULL,
	dated_at BIGINT NOT NULL,      -- published_at when known and past, else seen_at
	position BIGINT NOT NULL,      -- its place in the feed, 0 first
	state TEXT NOT NULL,
	tries BIGINT NOT NULL,         -- at its page
	story_id BIGINT,
	image TEXT,
	length BIGINT NOT NULL,        -- of text, in bytes
	outcome TEXT,                  -- of reading its page, when that failed
	summary TEXT,                  -- plain text
	text TEXT                      -- plain text, paragraphs parted by an empty line
);
CREATE INDEX article_guid ON article (feed_id, guid);
CREATE INDEX article_dated ON article (dated_at);
CREATE INDEX article_story ON article (story_id);
CREATE INDEX article_state ON article (state, dated_at);
CREATE INDEX article_url ON article (url);

CREATE TABLE story (
	id BIGINT PRIMARY KEY,         -- given in order of finding, never by the engine
	title TEXT NOT NULL,
	language TEXT,
	first_at BIGINT NOT NULL,
	last_at BIGINT NOT NULL,
	articles BIGINT NOT NULL,
	sources BIGINT NOT NULL        -- publisher families
);
CREATE INDEX story_last ON story (last_at);

-- The last ranking: why each story stands where it stands.
CREATE TABLE ranking (
	story_id BIGINT PRIMARY KEY,
	place BIGINT NOT NULL,         -- 1 is the first
	score DOUBLE PRECISION NOT NULL,
	ranked_at BIGINT NOT NULL,
	terms TEXT NOT NULL            -- JSON: story/rank.h
);
CREATE INDEX ranking_place ON ranking (place);

CREATE TABLE series (
	id {ID},
	slug TEXT NOT NULL UNIQUE,
	name TEXT NOT NULL
);

-- state: draft, approved, published.
CREATE TABLE edition (
	id BIGINT PRIMARY KEY,
	series_id BIGINT NOT NULL REFERENCES series (id),
	number BIGINT NOT NULL,
	date TEXT NOT NULL,            -- 2026-03-06
	slug TEXT NOT NULL,
	title TEXT NOT NULL,
	language TEXT NOT NULL,
	state TEXT NOT NULL,
	revision BIGINT NOT NULL,      -- the newest
	composed_at BIGINT NOT NULL,
	published_at BIGINT,
	updated_at BIGINT NOT NULL,
	UNIQUE (series_id, date),
	UNIQUE (series_id, number)
);

-- The copy, each version of it; never changed, only added to. author: compose, editor.
CREATE TABLE revision (
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	n BIGINT NOT NULL,
	author TEXT NOT NULL,
	made_at BIGINT NOT NULL,
	copy TEXT NOT NULL,
	PRIMARY KEY (edition_id, n)
);

-- Which stories an edition carries, so that the next one does not repeat them.
CREATE TABLE edition_story (
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	story_id BIGINT NOT NULL,
	slot TEXT NOT NULL,            -- lead, stories, reading, magazine, break
	PRIMARY KEY (edition_id, story_id)
);
CREATE INDEX edition_story_story ON edition_story (story_id);

-- state: pending, active, paused, unsubscribed, bounced, complained, forgotten.
CREATE TABLE subscriber (
	id {ID},
	email TEXT NOT NULL UNIQUE,    -- as mailed; domain in lower case
	name TEXT,
	language TEXT,
	zone TEXT,
	state TEXT NOT NULL,
	token TEXT NOT NULL UNIQUE,    -- unguessable; names the subscriber in links
	added_at BIGINT NOT NULL,
	changed_at BIGINT NOT NULL,
	consent TEXT NOT NULL          -- how we came to have the address
);
CREATE INDEX subscriber_state ON subscriber (state, id);

-- One edition for one subscriber.
-- state: pending, claimed, sent, deferred, failed, uncertain, skipped.
CREATE TABLE delivery (
	id {ID},
	edition_id BIGINT NOT NULL REFERENCES edition (id),
	subscriber_id BIGINT NOT NULL REFERENCES subscriber (id),
	state TEXT NOT NULL,
	due_at BIGINT NOT NULL,
	lease_until BIGINT,
	worker TEXT,
	tries BIGINT NOT NULL,
	message_id TEXT NOT NULL,
	changed_at BIGINT NOT NULL,
	reason TEXT,
	UNIQUE (edition_id, subscriber_id)
);
CREATE INDEX delivery_state ON delivery (state, due_at, id);

-- How many of each edition's letters stand in each state: kept by increment.
CREATE TABLE delivery_count (
	edition_id BIGINT NOT NULL,
	state TEXT NOT NULL,
	n BIGINT NOT NULL,
	PRIMARY KEY (edition_id, state)
);

-- What each stage last did: gather, compose, publish, deliver, serve.
-- state: running, ok, failed.
CREATE TABLE stage (
	name TEXT PRIMARY KEY,
	state TEXT NOT NULL,
	started_at BIGINT NOT NULL,
	ended_at BIGINT,
	ok_at BIGINT,                  -- when it last ended well
	note TEXT NOT NULL             -- what it did, or what went wrong
);
