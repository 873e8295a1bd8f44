#!/usr/bin/env bash
# What is wrong in a published edition is put right: in place, with a dated note, told to those who got it, all versions kept; and
# what is cut off on the way is done by what comes next.
. "$(dirname "$0")/../lib/wire.sh"

P=$T/press
NOTE="The dockworkers returned at noon, not at dawn."

at() # TIME ARGS...: the program at that time of 6 March
{
        local time=$1
        shift
        NOW=2026-03-06T$time:00Z b "$P" "$@"
}

editor() # SED-SCRIPT: an $EDITOR that does this
{
        printf '#!/bin/sh\nsed -i "%s" "$1"\n' "$1" >"$T/editor"
        chmod +x "$T/editor"
}

letters()
{
        find "$P/outbox" -name "$1" | wc -l
}

site()
{
        (cd "$P" && find public -type f -exec cksum {} + | sort)
}

sample_wire
press "$P"
set_conf "$P" press url "https://news.example/"
set_conf "$P" press address "Harbour Street 1"
printf '%s\n' email first@mail.example second@mail.example gone@mail.example >"$T/readers.csv"
b "$P" subscribers import "$T/readers.csv" >/dev/null
b "$P" feeds import "$T/feeds.opml" >/dev/null
b "$P" gather >/dev/null

# --- what can't be corrected ------------------------------------------------------
has "no edition: said" "$(b "$P" correct 2026-03-06 --typo 2>&1)" "there is no edition of 2026-03-06"
b "$P" compose >/dev/null
message=$(b "$P" correct 2026-03-06 --note x 2>&1)
is "a draft is refused" $? 77
has "with what to do" "$message" "bulldog edit --date 2026-03-06"
b "$P" publish >/dev/null
b "$P" deliver >/dev/null
has "no such number" "$(b "$P" correct 7 --note x 2>&1)" "no edition No. 7"
b "$P" show >"$T/first.md"
before=$(site)
editor 's/at dawn/at noon/'
message=$(EDITOR=$T/editor at 14:05 correct 2026-03-06 2>&1 </dev/null)
is "without a note nothing is done" $? 65
has "and it is asked for" "$message" "--note"
has "the same copy: nothing is done" "$(at 14:05 correct 1 "$T/first.md" --note "$NOTE" 2>&1)" "stays at version 1"
sed 's/^date: .*/date: never/' "$T/first.md" >"$T/bad.md"
message=$(at 14:05 correct 1 "$T/bad.md" --note "$NOTE" 2>&1)
is "a copy with an error is refused" $? 65
has "by line" "$message" "line 4, column"
has "and kept" "$message" "copy/2026-03-06.rejected.md"
has "a fact is no misprint" "$(EDITOR=$T/editor at 14:05 correct 1 --typo 2>&1)" "are no misprints"
is "the site is as it was" "$(site)" "$before"
is "so is the copy" "$(b "$P" show)" "$(cat "$T/first.md")"

# --- a correction -------------------------------------------------------------------
query "$P" "UPDATE subscriber SET state = 'unsubscribed' WHERE email LIKE 'gone%'" >/dev/null
message=$(EDITOR=$T/editor at 14:05 correct 2026-03-06 --note "$NOTE" --mail 2>&1)
has "an editor corrects it" "$message" "Version 2"
has "two letters are queued" "$message" "2 letters queued"
D=$(echo "$P"/public/2026/03/06/*/)
page=$(cat "$D/index.html")
has "the text is right" "$page" "their cranes at noon"
has "the date says so" "$page" "Corrected at 2:05pm"
like "the foot has the note" '<time datetime="2026-03-06T14:05:00Z">6 March(,| at) 2:05pm</time> The dockworkers returned' "$page"
has "machines are told" "$page" '"dateModified":"2026-03-06T14:05:00Z"'
has "it was published when it was" "$page" '"datePublished":"2026-03-06T06:00:00Z"'
like "so is the text" '^- 6 March(,| at) 2:05pm: The dockworkers' "$(cat "$D/edition.txt")"
has "history has what is gone" "$(cat "$D/history/index.html")" "<del>dawn,</del> <ins>noon,</ins>"
has "RSS" "$(cat "$P/public/feed.xml")" "<atom:updated>2026-03-06T14:05:00Z"
has "Atom" "$(cat "$P/public/atom.xml")" "<updated>2026-03-06T14:05:00Z"
has "JSON Feed" "$(cat "$P/public/feed.json")" '"date_modified":"2026-03-06T14:05:00Z"'
has "the map of the site" "$(cat "$P/public/sitemap.xml")" "<lastmod>2026-03-06T14:05:00Z"
has "the front page" "$(cat "$P/public/index.html")" "Corrected at 2:05pm"
at 14:10 deliver >/dev/null
is "who is there still has one letter" "$(letters '*.c1.*')" 2
letter=$(tr -d '\r' <"$(find "$P/outbox" -name '*.c1.*' | sort | head -n 1)")
has "under its subject" "$letter" "Subject: Correction: Ports reopen"
has "of its own time" "$letter" "Date: Fri, 06 Mar 2026 14:05:00 +0000"
sums=$(find "$P/outbox" -type f -exec cksum {} + | sort)
before=$(site)
at 15:00 publish >/dev/null
at 15:00 deliver >/dev/null
is "printed again: the same bytes" "$(site)" "$before"
is "no letter again" "$(find "$P/outbox" -type f -exec cksum {} + | sort)" "$sums"
check "it is proved: the change is the editor's" at 15:00 verify

# --- two editors -----------------------------------------------------------------------
b "$P" show >"$T/second.md"
sed 's/their cranes at dawn/their cranes at one/' "$T/first.md" >"$T/late.md"
message=$(at 15:05 correct 1 "$T/late.md" --note "At one." --from 1 2>&1)
has "who began from an older version is told" "$message" "is at version 2 now"
has "who does not say which is asked" "$(at 15:05 correct 1 "$T/late.md" --note "At one." 2>&1)" "--from 2"
exec 9<>"$P/copy/.2026-03-06.lock"
flock 9
has "who comes while it is open is told" "$(at 15:05 correct 1 "$T/late.md" --note "At one." 2>&1)" "someone else has the copy"
exec 9>&-
is "nothing came of it" "$(b "$P" show)" "$(cat "$T/second.md")"

# --- a misprint -------------------------------------------------------------------------
sed 's/ending a week-long/endin a week-long/' "$T/second.md" >"$T/third.md"
has "a misprint" "$(at 15:10 correct 1 --typo --from 2 "$T/third.md" 2>&1)" "Version 3"
is "has no note" "$(grep -c '<time datetime="2026-03-06T15:10' "$D/index.html")" 0
has "and stands in the history" "$(cat "$D/history/index.html")" "<ins>endin</ins>"
has "the list has all" "$(b "$P" correct 1 --list)" "version 3  2026-03-06 15:10  a misprint"

# --- cut off between the store and the site -----------------------------------------------
sed 's/^title: .*/title: Ports open again/; s/at anchor/at sea/' "$T/third.md" >"$T/fourth.md"
before=$(site)
exec 9<>"$P/publish.lock"
flock 9
message=$(at 16:00 correct 1 --note "The ships were at sea." --mail --from 3 - 2>&1 <"$T/fourth.md")
is "while another prints it is kept only" $? 75
has "and said" "$message" "is kept, but the site lacks it still"
exec 9>&-
is "the site is as it was" "$(site)" "$before"
at 16:00 deliver >/dev/null
is "no letter runs ahead" "$(letters '*.c3.*')" 0
has "check says it" "$(at 16:01 check 2>&1)" "correction 3 of the edition of 2026-03-06 is kept, but not printed"
check "any publish prints it" at 16:02 publish
has "at the same address" "$(cat "$D/index.html")" "ninety ships at sea"
has "under the new title" "$(cat "$P/public/archive/index.html")" "Ports open again"
at 16:03 deliver >/dev/null
is "and its letters go out" "$(letters '*.c3.*')" 2
has "it is done" "$(at 16:04 correct 1 "$T/fourth.md" --note x 2>&1)" "stays at version 4"

# --- nobody comes back: the clock does it --------------------------------------------------
sed 's/at sea/at anchor/' "$T/fourth.md" >"$T/fifth.md"
exec 9<>"$P/publish.lock"
flock 9
at 17:00 correct 1 --note "They were at anchor." --from 4 "$T/fifth.md" >/dev/null 2>&1
exec 9>&-
start "$BULLDOG" -C "$P" --now 2026-03-06T17:02:00Z run --role clock
check "the role clock does it" until_true 10 sh -c "! '$BULLDOG' -C '$P' correct 1 --list | grep 'NOT PRINTED'"
has "the page has it" "$(cat "$D/index.html")" "They were at anchor"
kill "$started" 2>/dev/null
wait "$started" 2>/dev/null
has "the list, too" "$(b "$P" correct 1 --list | tail -n 1)" "version 5  2026-03-06 17:00  They were at anchor."

# --- the next edition -----------------------------------------------------------------------
next() # DATE
{
        NOW=$1T06:00:00Z b "$P" -o edition.hours=96h compose --date "$1" >/dev/null
        b "$P" show --date "$1"
}
copy=$(next 2026-03-07)
has "the next edition has them" "$copy" "- **6 March**: $NOTE [Ports open again](https://news.example/2026/03/06/"
is "but for misprints" "$(printf '%s\n' "$copy" | grep -c 'correction=')" 3
check "they are proved" env NOW=2026-03-07T06:00:00Z "$BULLDOG" -C "$P" verify --date 2026-03-07
NOW=2026-03-07T06:00:00Z b "$P" publish >/dev/null
copy=$(next 2026-03-08)
has "there is one after it" "$copy" "date: 2026-03-08"
is "which has them no more" "$(printf '%s\n' "$copy" | grep -c 'correction=')" 0
finish
