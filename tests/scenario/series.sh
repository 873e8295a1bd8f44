#!/usr/bin/env bash
# Series that are polled like feeds: what is read and revised, what is news in them, the chart of the day that is drawn from it,
# how it is explained and proved.
. "$(dirname "$0")/../lib/wire.sh"

mkdir "$T/files"
wire --files "$T/files"
FIGURES=${FRONT}grainfreight.example/figures.csv
P=$T/press
press "$P" --subscriber reader@mail.example

points() # DIR: how many values are kept, revisions too
{
        query "$1" 'SELECT COUNT(*) FROM gauge_point'
}

# --- adding, checking ------------------------------------------------------------
like "what is read is told" '^ +208 rows, 208 values of "Wheat" by "Week": one a week, 2022-03-15 to 2026-03-03, the newest 301.5$' \
        "$(b "$P" series add --name "Wheat at Sollen" --value Wheat --unit "crowns a tonne" --source "Grain & Freight" \
                --home https://grainfreight.example/prices "$FIGURES")"
like "again: what is said now is changed" '^updated ' "$(b "$P" series add --place Sollen "$FIGURES")"
like "and the rest stays" '"name":"Wheat at Sollen","unit":"crowns a tonne","place":"Sollen"' "$(b "$P" series list --json)"
like "a column that isn't there" 'no column "Oats" with numbers; nothing was added' "$(b "$P" series add --value Oats "$FIGURES#oats" 2>&1)"
like "a page is no series" 'nothing was added' "$(b "$P" series add "${FRONT}grainfreight.example/" 2>&1)"
like "a private address" 'wire.allow' "$("$BULLDOG" -C "$P" series add http://127.0.0.1/x.csv 2>&1)"
like "an unknown frequency" 'year, quarter, month' "$(b "$P" series add --frequency often "$FIGURES" 2>&1)"
b "$P" series add "$T/none.csv" >/dev/null 2>&1
is "a file that isn't there" "$?" 66
{
        printf 'Month;Loaves;Note\n'
        for y in 2021 2022 2023 2024 2025; do
                for m in 01 02 03 04 05 06 07 08 09 10 11 12; do
                        [ "$y-$m" = 2023-05 ] || [ "$y-$m" = 2023-06 ] || echo "$y-$m;1,$m;x"
                done
        done
        printf '2026-01;oops;x\n2026-01;NaN;\n2026-01;2,5;x\n'
} >"$T/bread.csv"
out=$(b "$P" series add --name Bread --no-fetch "$T/bread.csv")
like "a file, unasked" "^added file://$T/bread.csv; gather reads it$" "$out"
out=$(b "$P" series check Bread)
like "check tells in words" '61 rows, 59 values of "Loaves" by "Month": one a month, 2021-01 to 2026-01, the newest 2.50' "$out"
like "with its gaps" '1 stretch without values, the longest from 2023-04 to 2023-07' "$out"
like "and each bad cell by line" 'bread.csv: line 60, column 2: "oops" is no number' "$out"
is "and stores nothing" "$(points "$P")" 0
printf '{"data":{"rows":[{"when":"2026-01-01","v":-1.5},{"when":"2026-01-02","v":3}]}}' >"$T/rows.json"
like "JSON below a path" '2 rows, 2 values of "v" by "when"' "$(b "$P" series add --name Rows --path data.rows "$T/rows.json")"
like "another path" 'has nothing at "data.x"' "$(b "$P" series add --path data.x "$T/rows.json" 2>&1)"
is "is not taken" "$(b "$P" series list --json | grep -c '"path":"data.rows"')" 1

# --- polled like a feed ---------------------------------------------------------------
{
        printf 'Quarter,Growth\n'
        for y in $(seq 1990 2025); do for q in 1 2 3 4; do echo "$y-Q$q,0.$(((y + q * 3) % 7 + 1))"; done; done
} | sed '$d' >"$T/files/growth.csv"
cp "$T/files/growth.csv" "$T/growth"
echo "2025-Q4,-0.1" >>"$T/files/growth.csv"
echo text/csv >"$T/files/growth.csv.type"
b "$P" series add --name Growth --unit % "${FRONT}files/growth.csv" >/dev/null
b "$P" feeds import "${FRONT}feeds.opml" >/dev/null
check "gather reads them" b "$P" gather
like "its state is a feed's" '208 values, 208 new$' "$(b "$P" feeds list)"
like "what was wrong, too" '59 values, 59 new; bread.csv: line 60' "$(b "$P" series list)"
is "no article comes of figures" "$(query "$P" "SELECT COUNT(*) FROM article a JOIN feed f ON f.id = a.feed_id
        WHERE f.kind = 'series'")" 0
is "no list of feeds holds them" "$(b "$P" feeds export | grep -c figures.csv)" 0
n=$(points "$P")
b "$P" gather --all >/dev/null 2>&1
like "a host that says 304 is believed" 'not changed \(304\)' "$(b "$P" series list | grep -A1 'grainfreight.example/figures.csv')"
is "nothing came twice" "$(points "$P")" "$n"

# --- a revision --------------------------------------------------------------------------
cp "$T/growth" "$T/files/growth.csv"
echo "2025-Q4,0.2" >>"$T/files/growth.csv"
NOW=2026-03-06T06:10:00Z
b "$P" gather --all >/dev/null 2>&1
like "a revised value is told" '144 values, 0 new, 1 revised' "$(b "$P" series list)"
is "and both are kept" "$(query "$P" "SELECT value FROM gauge_point p JOIN feed f ON f.id = p.feed_id
        WHERE title = 'Growth' AND at = 1759276800 ORDER BY seen_at" | tr '\n' ' ')" "-0.1 0.2 "
why=$(b "$P" why chart)
like "a turned sign is news" '^ +[0-9.]+  Growth: revised, 2025-Q4' "$why"

# --- the chart of the day --------------------------------------------------------------------
like "so is a level regained, rarer than that" 'Wheat at Sollen: back, 2026-03-03, since 2022-11-15' "$why"
like "how rare, and by what history" 'rarity +6\.70  once in 104; its own history: 0 of 103 times, 171 periods back' "$why"
like "and why the others aren't it" 'bits are under edition.chart_bar \(6\)' "$why"
like "for a script" '"series":"Wheat at Sollen","kind":"back",.*"rarity":6.7' "$(b "$P" why chart --json)"
b "$P" -o edition.chart_bar=60 compose >/dev/null
is "nothing is news enough: no chart" "$(b "$P" show | grep -c '{.chart}')" 0
query "$P" "UPDATE feed SET state = 'gone' WHERE title = 'Growth'" >/dev/null
query "$P" "DELETE FROM finding WHERE kind = 'revised'" >/dev/null
check "compose" b "$P" compose
copy=$(b "$P" show)
has "a chart is drawn from it" "$copy" "title: Wheat at Sollen: back at the level of 15 November 2022, at 301.5 crowns a tonne"
has "what, where, how often, when" "$copy" "subtitle: Crowns a tonne, Sollen, weekly, 14 June 2022 to 3 March 2026"
has "its source" "$copy" "source: Grain & Freight https://grainfreight.example/prices"
like "the values that show it" '^2022-11-15,304\.6$' "$copy"
has "again: the same bytes" "$(b "$P" compose)" "Unchanged"
like "its title is proved" 'source: Wheat at Sollen: back at the level' "$(b "$P" verify --all)"
check "publish" b "$P" publish
page=$(cat "$P"/public/2026/03/06/*/index.html)
has "it is on the page" "$page" "back at the level of 15 November 2022"
has "said for those who can't see it" "$page" "Line chart of Crowns a tonne, Sollen, weekly"

# --- an editor's hand -------------------------------------------------------------------------
E=$T/edited
cp -a "$P" "$E"
b "$E" show >"$T/copy"
if [ -z "${BULLDOG_TEST_PG:-}" ]; then
        query "$E" "UPDATE edition SET state = 'draft', published_at = NULL" >/dev/null
        sed 's/^2022-11-15,304\.6$/2022-11-15,904.6/' "$T/copy" | b "$E" edit --file - >/dev/null
        b "$E" verify >"$T/verify" 2>&1
        is "other values under that title" "$?" 65
        like "are told" 'changed: Wheat at Sollen' "$(cat "$T/verify")"
        sed 's/^title: Wheat.*/title: Wheat is dear again/' "$T/copy" | b "$E" edit --file - >/dev/null
        check "a title of the editor's stands" b "$E" verify
        like "as the editor's" 'editor: Wheat is dear again' "$(b "$E" verify)"
        is "the finding is printed" "$(query "$E" 'SELECT COUNT(*) FROM finding WHERE edition_id > 0')" 1
        sed '/^## Chart/,$d' "$T/copy" | b "$E" edit --file - >/dev/null
        is "taken out, it isn't" "$(query "$E" 'SELECT COUNT(*) FROM finding WHERE edition_id > 0')" 0
fi

# --- the days after ------------------------------------------------------------------------------
NOW=2026-03-07T06:00:00Z
b "$P" compose >/dev/null
is "it isn't printed twice" "$(b "$P" show | grep -c '^finding: ')" 0
like "and why tells so" 'it was printed on 2026-03-06' "$(b "$P" why chart)"
b "$P" series rm "Wheat at Sollen" >/dev/null
is "removed: watched no more" "$(b "$P" series list | grep -c figures.csv)" 0
like "and what was printed is proved" 'source: Wheat at Sollen' "$(b "$P" verify --date 2026-03-06 --all)"
b "$P" series rm Nobody >/dev/null 2>&1
is "not one that isn't there" "$?" 66
like "what to do is said" 'wants add, list, check or rm' "$(b "$P" series 2>&1)"
finish
