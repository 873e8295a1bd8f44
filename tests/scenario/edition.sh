#!/usr/bin/env bash
# From the sample wire to a finished edition: what is composed, that it is proved, that an editor's words are kept, what a slow
# day and an empty one give. The copy is compared with tests/golden/edition/copy.md (make bless takes a new one).
. "$(dirname "$0")/../lib/wire.sh"

GOLDEN=$ROOT/tests/golden/edition/copy.md
P=$T/press

proxied() # DIR ARGS...: each outlet under its own host
{
        local dir=$1
        shift
        b "$dir" -o "wire.proxy=${FRONT%/}" "$@"
}

editor() # SED-SCRIPT: an $EDITOR that does this
{
        printf '#!/bin/sh\nsed -i "%s" "$1"\n' "$1" >"$T/editor"
        chmod +x "$T/editor"
}

wire
press "$P" --subscriber reader@mail.example
b "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
proxied "$P" agenda import http://citywire.example/diary.ics >/dev/null
proxied "$P" gather >/dev/null

# --- the draft ----------------------------------------------------------------
check "compose makes a draft" b "$P" compose
copy=$(b "$P" show)
if [ -n "${BLESS:-}" ]; then
        mkdir -p "${GOLDEN%/*}"
        printf '%s\n' "$copy" >"$GOLDEN"
fi
printf '%s\n' "$copy" >"$T/copy.md"
check "the copy is the golden one" diff -u "$GOLDEN" "$T/copy.md"
like "the lead has two sources or more" '\{\.lead story=[0-9]+ sources=([2-9]|[1-9][0-9])' "$copy"
is "five more" "$(printf '%s\n' "$copy" | grep -Ec '^[1-5]\. \*\*')" 5
has "a greeting" "$copy" "{.greeting}"
like "a quote with its speaker and source" '^> “.+” \{source=http://[^ ]+ by="' "$copy"
has "an agenda" "$copy" "over the weekend {.agenda}"
has "opinion to read" "$copy" "{.reading}"
has "a long read" "$copy" "{.magazine}"
has "a break from the news" "$copy" "{.break}"
is "no story twice" "$(printf '%s\n' "$copy" | grep -o 'story=[0-9]*' | sort | uniq -d)" ""
is "no related link twice" "$(printf '%s\n' "$copy" | grep -E '^    - ' | grep -o '(http[^)]*)' | sort | uniq -d)" ""
lead=$(printf '%s\n' "$copy" | sed -n 's/.*{\.lead story=\([0-9]*\).*/\1/p')
is "the lead's kind is news" "$(query "$P" "SELECT COUNT(*) FROM article WHERE story_id = $lead AND kind = 'opinion'")" 0

why=$(b "$P" why "$lead")
has "why names the sources" "$why" "sources"
has "why names the freshness" "$why" "freshness"
check "every sentence is proved" b "$P" verify
has "composing again changes nothing" "$(b "$P" compose)" "Unchanged"

# --- an editor ----------------------------------------------------------------
editor 's/^Good morning.*{.greeting}/Good morning, and mind the step. {.greeting}/'
check "edit takes the editor's text" env EDITOR="$T/editor" "$BULLDOG" -C "$P" --now "$NOW" edit
has "the text is there" "$(b "$P" show)" "mind the step"
has "compose leaves it alone" "$(b "$P" compose)" "editor"
has "and it still stands" "$(b "$P" show)" "mind the step"
has "verify counts the editor's words" "$(b "$P" verify)" "1 an editor's"

# --- a source's sentence is the source's ---------------------------------------
editor 's/returned to their cranes at dawn/went back to their cranes at noon/'
check "an editor changes a word of a source" env EDITOR="$T/editor" "$BULLDOG" -C "$P" --now "$NOW" edit
message=$(b "$P" verify 2>&1)
is "which verify finds out" "$?" 65
like "with its line" 'line [0-9]+: changed: Dockworkers' "$message"
has "and says what to do" "$message" "{.ours}"
editor '/at noon/s/$/ {.ours}/'
check "marked as the editor's own" env EDITOR="$T/editor" "$BULLDOG" -C "$P" --now "$NOW" edit
check "it is the editor's" b "$P" verify
editor 's/went back to their cranes at noon/returned to their cranes at dawn/; s/ {.ours}$//'
check "the source's words again" env EDITOR="$T/editor" "$BULLDOG" -C "$P" --now "$NOW" edit
check "are proved again" b "$P" verify

# --- the words of a source ------------------------------------------------------
message=$(b "$P" -o edition.words=20 verify 2>&1)
is "a source that gives too many words is found out" "$?" 65
like "by name" 'gives [0-9]+ words' "$message"

# --- the pages as they are now ---------------------------------------------------
message=$(proxied "$P" verify --live 2>&1)
is "the live pages have every sentence" "$?" 0
like "all were read" 'Of ([0-9]+) pages as they are now \1 were read' "$message"
FIRST=$FRONT
cp -r "$ROOT/sample/wire" "$T/later"
sed -i 's/returned to their cranes at dawn/stayed away from their cranes/' "$T/later/harbour-gazette.txt"
wire --dir "$T/later"
message=$(proxied "$P" verify --live 2>&1)
is "a page that has changed is found out" "$?" 65
like "with the sentence it has no more" 'line [0-9]+: gone: Dockworkers .*returned to their cranes' "$message"
like "and the number of them" '^bulldog verify: 1 sentences are no more on the pages' "$message"
message=$(proxied "$P" verify --live --json 2>/dev/null)
has "JSON has it too" "$message" '"gone":true'
like "with the pages" '"live":\{"pages":([0-9]+),"read":\1,"gone":1\}' "$message"
FRONT=$FIRST
message=$(b "$P" -o wire.proxy="http://127.0.0.1:9/" verify --live 2>&1)
is "pages that can't be read prove nothing" "$?" 69
has "and are named" "$message" "not read: http"

editor 's/^title: .*/title/'
message=$(EDITOR=$T/editor "$BULLDOG" -C "$P" --now "$NOW" edit 2>&1)
is "a copy that does not parse is refused" "$?" 65
like "with line and column" 'line [0-9]+, column [0-9]+' "$message"
more "and is kept beside" "$(find "$P/copy" -name '*rejected*' | wc -l)" 1
has "the good one stands" "$(b "$P" show)" "mind the step"

query "$P" "UPDATE article SET title = 'x', summary = 'x', text = 'x' WHERE story_id = $lead" >/dev/null
message=$(b "$P" verify 2>&1)
is "words that no source has are found out" "$?" 65
like "and named with their line" 'line [0-9]+' "$message"

# --- publication ----------------------------------------------------------------
check "publish" b "$P" publish
page=$(cat "$P"/public/2026/03/06/*/index.html)
has "the page has the editor's words" "$page" "mind the step"
has "the front page is the edition" "$(cat "$P/public/index.html")" "mind the step"
has "the feed has it" "$(cat "$P/public/feed.xml")" "mind the step"
has "the archive lists it" "$(cat "$P/public/archive/index.html")" "/2026/03/06/"
has "published: compose changes nothing" "$(b "$P" compose)" "is published"
EDITOR=$T/editor "$BULLDOG" -C "$P" --now "$NOW" edit >"$T/out" 2>&1
is "published: edit refuses" "$([ $? -ne 0 ] && echo refused)" refused
b "$P" deliver >/dev/null
is "one letter" "$(find "$P/outbox" -name '*.eml' | wc -l)" 1
has "the letter has the editor's words" "$(cat "$P"/outbox/*.eml)" "mind the step"
before=$(cd "$P" && find public outbox -type f -exec cksum {} + | sort)
b "$P" publish >/dev/null
b "$P" deliver >/dev/null
is "again: the same bytes, no second letter" "$(cd "$P" && find public outbox -type f -exec cksum {} + | sort)" "$before"

sed -i 's|# name = "The Morning Edition";|name = "The Evening Edition";|' "$P/bulldog.conf"
has "a renamed paper goes on with its editions" "$(b "$P" compose)" "is published"
sed -i 's|name = "The Evening Edition";|# name = "The Morning Edition";|' "$P/bulldog.conf"

# --- the day after: what was printed does not come again --------------------------
NOW=2026-03-06T20:00:00Z b "$P" compose --date 2026-03-07 >/dev/null 2>&1
next=$(b "$P" show --date 2026-03-07 2>/dev/null)
twice=$(printf '%s\n' "$next" | grep -o 'story=[0-9]*' | sort -u | grep -Fxf <(printf '%s\n' "$copy" | grep -o 'story=[0-9]*'))
is "no story of yesterday without news" "$twice" ""

# --- slow days --------------------------------------------------------------------
S=$T/slow
press "$S"
proxied "$S" feeds add http://valleyherald.example/feed.xml --source "Valley Herald" --kind news --beat world >/dev/null
proxied "$S" feeds add http://thelantern.example/feed.xml --source "The Lantern" --kind culture --beat culture >/dev/null
proxied "$S" gather >/dev/null
check "a slow day has its edition" b "$S" compose
check "a slow day is proved too" b "$S" verify
check "and printed" b "$S" publish

E=$T/empty
press "$E"
message=$(b "$E" compose 2>&1)
is "a day with nothing: no edition" "$([ $? -ne 0 ] && echo refused)" refused
has "and a clear word" "$message" "gather"
finish
