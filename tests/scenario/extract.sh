#!/usr/bin/env bash
# `bulldog extract` as a pipe: large pages end in time, refused ones are an answer, a clock keeps its zone.
. "$(dirname "$0")/lib.sh"

# answer FILE: what is said of a page
answer()
{
        printf '{"id":"1","url":"https://gazette.example/a","file":"%s"}\n' "$1" | "$BULLDOG" extract 2>"$T/err"
}

# A page whose every paragraph might hold a date. The watchdog allows ten seconds of processor time.
{
        printf '<html lang="en"><body><article><h1>A long list</h1>'
        seq -f '<p>Paragraph of words about the harbour, and %.0f more of them for the reader.' 60000
} >"$T/long.html"
if ! slow; then
        has "60,000 paragraphs are read in time" "$(answer "$T/long.html" | cut -c-200; cat "$T/err")" '"title":"A long list"'
fi

# Past our limits nothing is known, which is an answer.
{
        printf '<html><body>'
        seq -f '<p>%.0f' 200000
} >"$T/longer.html"
nothing='"published":null,"updated":null'
out=$(answer "$T/longer.html")
has "200,000 are more than we take" "$out" '"status":"empty"'
has "and no date is made up for them" "$out" "$nothing"

printf '<html><head><meta property="article:published_time" content="2026-03-06T00:30:00+01:00"></head><body>%s</body></html>' \
        '<article><p>Half past midnight is yesterday in Greenwich, and today at the publisher. The day that counts is the publisher'"'"'s.</p></article>' >"$T/zone.html"
has "the day is the publisher's" "$(answer "$T/zone.html")" '"published":"2026-03-06T00:30:00+01:00"'

finish
