#!/usr/bin/env bash
# The agenda: events by hand, from tables, from calendars in files and on the wire; what of them an edition prints, proves and
# gives away as a calendar of its own.
. "$(dirname "$0")/../lib/wire.sh"

proxied() # DIR ARGS...: each outlet under its own host
{
        local dir=$1
        shift
        b "$dir" -o "wire.proxy=${FRONT%/}" "$@"
}

events() # DIR: how many
{
        query "$1" 'SELECT COUNT(*) FROM event'
}

mkdir "$T/files"
wire --files "$T/files"
P=$T/press
press "$P" --subscriber reader@mail.example

# --- by hand ------------------------------------------------------------------
b "$P" agenda add --at 2026-03-06T15:00 --category Courts --importance high --place Marram "Verdict on the wharf" >/dev/null
like "an event by hand" '^ +1  2026-03-06 15:00  Courts +Verdict on the wharf, Marram \(high\)$' "$(b "$P" agenda list)"
like "and again: the same one" '^updated: ' "$(b "$P" agenda add --at 2026-03-06T15:00 "Verdict on the wharf")"
like "a time that is none" 'start: "Friday" is no time' "$(b "$P" agenda add --at Friday x 2>&1)"
b "$P" agenda add --at Friday x >/dev/null 2>&1
is "has its exit status" "$?" 65
like "in a zone" '"start":"2026-03-07T05:00:00Z"' "$(b "$P" agenda add --at 2026-03-07T14:00 --zone Asia/Tokyo Vote >/dev/null
        b "$P" agenda list --json)"
check "an event is removed" b "$P" agenda remove 2
like "not twice" 'there is no event 2' "$(b "$P" agenda remove 2 2>&1)"
like "what to do is said" 'wants add, list, import or remove' "$(b "$P" agenda 2>&1)"

# --- a table --------------------------------------------------------------------
printf 'Title;Date;Time;Importance\nBudget;2026-03-06;16:00;high\nBroken;6.3.2026;;\n"Open;2026-03-06;;\nFair;2026-03-07;;low\n' \
        >"$T/table.csv"
out=$(b "$P" agenda import "$T/table.csv" 2>"$T/err")
is "a table is read" "$out" "2 events added, 0 updated, 2 left out"
like "its wrong lines are named" 'table.csv: line 3: start: "6.3.2026"' "$(cat "$T/err")"
like "each of them" 'table.csv: line 4: ' "$(cat "$T/err")"
is "again: nothing new" "$(b "$P" agenda import "$T/table.csv" 2>/dev/null)" "0 events added, 2 updated, 2 left out"
like "what is no table" 'has to name the columns' "$(b "$P" agenda import "$ROOT/README.md" 2>&1)"
b "$P" agenda import "$T/none.csv" >/dev/null 2>&1
is "one that isn't there" "$?" 66

# --- a calendar in a file ---------------------------------------------------------
cat >"$T/files/team.ics" <<'ICS'
BEGIN:VCALENDAR
X-WR-CALNAME:The team
X-WR-TIMEZONE:Europe/Lisbon
BEGIN:VEVENT
UID:1
SUMMARY:Weekly meeting
DTSTART:20260206T100000
RRULE:FREQ=WEEKLY
EXDATE:20260313T100000
END:VEVENT
BEGIN:VEVENT
UID:2
DTSTART:20260306T100000
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:By the second
DTSTART:20260306T120000
RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=29
END:VEVENT
END:VCALENDAR
ICS
echo text/calendar >"$T/files/team.ics.type"
F=$T/file
press "$F"
b "$F" agenda import --category Meetings "$T/files/team.ics" >/dev/null
b "$F" gather >/dev/null 2>&1
like "a calendar in a file is read like a feed" '2026-03-06 10:00  Meetings +Weekly meeting$' "$(b "$F" agenda list)"
is "a rule is followed, with its exceptions" "$(query "$F" "SELECT COUNT(*) FROM event WHERE uid = '1'")" 17
is "one without end only once" "$(query "$F" "SELECT COUNT(*) FROM event WHERE uid = '3'")" 1
like "what was left out is said, with its line" '18 items, 18 new; line 11: an event without a title \(and 1 more\)' \
        "$(b "$F" feeds list)"
sed -i 's/Weekly meeting/Monthly meeting/; s/FREQ=WEEKLY/FREQ=MONTHLY/' "$T/files/team.ics"
b "$F" gather --all >/dev/null 2>&1
like "it changes with its file" '2026-03-06 10:00  Meetings +Monthly meeting$' "$(b "$F" agenda list)"
like "what it drops is off" '2026-03-20 10:00  Meetings +Weekly meeting \(cancelled\)$' "$(b "$F" agenda list)"
b "$F" gather --all >/dev/null 2>&1
like "unchanged, it is not read again" 'not changed' "$(b "$F" feeds list)"
rm "$T/files/team.ics"
b "$F" gather --all >/dev/null 2>&1
like "a file that is gone is said" 'No such file' "$(b "$F" feeds list)"
more "and its events stay" "$(events "$F")" 17
is "no list of feeds holds it" "$(b "$F" feeds export | grep -c team.ics)" 0
b "$F" agenda remove "file://$T/files/team.ics" >/dev/null
is "removed with all its events" "$(events "$F")" 0

# --- on the wire --------------------------------------------------------------------
like "webcal is https" '^added https://cal.example/x.ics' "$(b "$F" agenda import webcal://cal.example/x.ics)"
like "a private address is refused" 'wire.allow' "$("$BULLDOG" -C "$F" agenda import http://127.0.0.1/x.ics 2>&1)"
b "$F" agenda remove https://cal.example/x.ics >/dev/null
printf 'this is a page' >"$T/files/page.ics"
b "$F" agenda import "${FRONT}files/page.ics" >/dev/null
b "$F" gather >/dev/null 2>&1
like "what is no calendar is said" 'this is no calendar' "$(b "$F" feeds list)"

# --- the edition ----------------------------------------------------------------------
proxied "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
proxied "$P" agenda import http://citywire.example/diary.ics >/dev/null
proxied "$P" gather >/dev/null 2>&1
is "no article comes of a calendar" "$(query "$P" "SELECT COUNT(*) FROM article a JOIN feed f ON f.id = a.feed_id
        WHERE f.kind = 'agenda'")" 0
check "compose" b "$P" compose
copy=$(b "$P" show)
has "Friday's edition covers the weekend, and says so" "$copy" "## What we’re watching today and over the weekend {.agenda}"
like "with place, zone and figures" '^- \*\*Economic data\*\*: Jobless .*\[City Wire\]\(http.*\{at=2026-03-06T09:30\+01:00 .*expected=5\.1%' \
        "$copy"
like "what may change" 'Asia/Tokyo place=Pennypath .tentative' "$copy"
like "of hand and table, too" '^- Budget\. \{at=2026-03-06T16:00\+00:00 event=' "$copy"
is "what is called off is not there" "$(printf '%s\n' "$copy" | grep -c regatta)" 0
is "no more than wanted" "$(printf '%s\n' "$copy" | grep -c ' event=[0-9]*}$')" 8
check "every line is proved" b "$P" verify
has "composing again changes nothing" "$(b "$P" compose)" "Unchanged"
check "publish" b "$P" publish
b "$P" deliver >/dev/null
page=$(cat "$P"/public/2026/03/06/*/index.html)
has "the page tells the time in words" "$page" ">2pm in Sollen</time>"
has "and what is expected" "$page" "Expected 5.1%"
has "and links the calendar" "$page" 'agenda.ics">Add these dates'
ics=$(cat "$P"/public/2026/03/06/*/agenda.ics)
is "the calendar is published" "$(printf '%s\n' "$ics" | grep -c '^BEGIN:VEVENT')" 8
has "the text has it" "$(cat "$P"/public/2026/03/06/*/edition.txt)" "Today, 2pm in Sollen: Monetary policy"
has "the feed, too" "$(cat "$P/public/feed.xml")" "Add these dates"
like "and the letter" 'over the weekend' "$(cat "$P"/outbox/*.eml)"
cp "$P"/public/2026/03/06/*/agenda.ics "$T/ours.ics"
b "$F" agenda import "$T/ours.ics" >/dev/null
b "$F" gather >/dev/null 2>&1
is "another press reads our calendar" "$(query "$F" 'SELECT COUNT(*) FROM event')" 8

query "$P" "UPDATE event SET title = 'Something else' WHERE title = 'Budget'" >/dev/null
b "$P" verify >"$T/verify" 2>&1
is "what no event says is found out" "$?" 65
like "and named" 'none: Budget\.' "$(cat "$T/verify")"

# --- the next edition is after the holiday ----------------------------------------------
H=$T/holiday
press "$H"
proxied "$H" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
proxied "$H" gather >/dev/null 2>&1
printf 'xx 03-09 Day of the Isles\n' >"$T/holidays"
mkdir -p "$H/theme" && cp "$T/holidays" "$H/theme/holidays.txt"
b "$H" agenda add --at 2026-03-09T10:00 "Parade" >/dev/null
b "$H" compose >/dev/null
is "Monday's parade is Monday's" "$(b "$H" show | grep -c Parade)" 0
b "$H" -o edition.holidays=xx compose >/dev/null
has "a holiday stretches the agenda" "$(b "$H" show)" "over the long weekend"
has "to its last day" "$(b "$H" show)" "- Parade."
like "a country that nobody knows" 'edition.holidays: no holidays of "zz"' "$(b "$H" -o edition.holidays=zz compose 2>&1)"
echo 'xx Monday' >"$H/theme/holidays.txt"
like "a wrong line is named" 'theme/holidays.txt, of the press: line 1' "$(b "$H" compose 2>&1)"
finish
