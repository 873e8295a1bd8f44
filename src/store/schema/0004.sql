-- agenda: what will happen. One row an occurrence: a series that a calendar
-- gives by a rule is many. Of a whole day (all_day = 1) start_at is midnight
-- UTC of its date, and end_at that of the day after its last.
CREATE TABLE event (
	id {ID},
	feed_id BIGINT NOT NULL,       -- the calendar it is from; 0: none
	origin TEXT NOT NULL,          -- hand, csv, calendar, page
	uid TEXT NOT NULL,
	recurrence TEXT NOT NULL,      -- which occurrence of the uid; '': there is one
	sequence BIGINT NOT NULL,      -- a higher one is the newer word
	category TEXT NOT NULL,
	title TEXT NOT NULL,
	place TEXT NOT NULL,
	zone TEXT NOT NULL,            -- IANA name; '': the press's
	start_at BIGINT NOT NULL,
	end_at BIGINT,
	all_day BIGINT NOT NULL,
	importance BIGINT NOT NULL,    -- 1 low, 2, 3 high
	expected TEXT NOT NULL,
	previous TEXT NOT NULL,
	tentative BIGINT NOT NULL,
	cancelled BIGINT NOT NULL,
	url TEXT NOT NULL,
	source TEXT NOT NULL,          -- who says so
	seen_at BIGINT NOT NULL,       -- 0: not in what is being read
	UNIQUE (feed_id, uid, recurrence)
);
CREATE INDEX event_start ON event (start_at);
