#!/usr/bin/env bash
# Numbers to a picture by hand, and the chart of the day: from the press's folder into the copy, onto page, mail, text and
# feeds, with its files beside; what is wrong with it is named and costs itself only.
. "$(dirname "$0")/../lib/wire.sh"

P=$T/press

chart() # ARGS...
{
        "$BULLDOG" chart "$@" 2>&1
}

# --- by hand ----------------------------------------------------------------------
printf '\xef\xbb\xbfMonat;Wert\r\n01.03.2026;1,5\r\n02.03.2026;2,5\r\n03.03.2026;krank\r\n' >"$T/a.csv"
out=$(chart "$T/a.csv" -o "$T/a.svg" -o "$T/a.png" --title "Up & up" --source "Us https://us.example/" --language de)
is "a chart is drawn" "$?" 0
like "a bad cell is named with line and column" 'a.csv: line 4, column 2: "krank" is no number' "$out"
has "its title is text" "$(cat "$T/a.svg")" "Up &amp; up</title>"
has "figures are in the language" "$(cat "$T/a.svg")" ">2,5</text>"
is "the picture is a PNG" "$(head -c 4 "$T/a.png" | tail -c 3)" PNG
cp "$T/a.svg" "$T/b.svg"
chart "$T/a.csv" -o "$T/a.svg" --title "Up & up" --source "Us https://us.example/" --language de >/dev/null
check "the same numbers, the same bytes" cmp "$T/a.svg" "$T/b.svg"
like "types are shown" 'Monat +date, days' "$(chart "$T/a.csv" --types)"
like "and gaps" 'Wert +number, 1 decimals, 1 gaps' "$(chart "$T/a.csv" --types)"
printf 'x,y\na,"1,234"\n' >"$T/two.csv"
has "what can be read in two ways is said" "$(chart "$T/two.csv" --types)" 'line 2, column 2: "1,234" can be read in two ways'
is "unless the owner says which" "$(chart "$T/two.csv" --types --decimal , | grep -c 'two ways')" 0
printf '[{"Town":"Sollen","Cars":310},{"Town":"Vell","Cars":560}]' >"$T/a.json"
check "JSON rows" chart "$T/a.json" -o "$T/j.svg" --type ordered-bar
for t in line area column bar ordered-bar paired-bar stacked-bar lollipop slope diverging-bar; do
        printf 'Place,2019,2026\nVell,1,3\nAnse,4,2\n' >"$T/t.csv"
        check "type $t" chart "$T/t.csv" -o "$T/t.svg" --type "$t"
done
check "a .chart with its own rows" chart "$ROOT/tests/golden/chart/scatter.chart" -o "$T/s.svg"
check "a .chart with a file beside" chart "$ROOT/sample/charts/standing.chart" -o "$T/s.svg" --title "Another"
has "an option wins over the file" "$(cat "$T/s.svg")" "Another</title>"

refused() # NAME STATUS WORDS ARGS...
{
        local name=$1 status=$2 words=$3 out code
        shift 3
        out=$(chart "$@")
        code=$?
        is "$name: refused" "$code" "$status"
        has "$name: and why" "$out" "$words"
}

: >"$T/empty.csv"
printf 'a,b\nx,y\n' >"$T/words.csv"
printf 'a,b\n"x,1\n' >"$T/open.csv"
refused "no numbers" 66 "no column with a number" "$T/words.csv" -o "$T/x.svg"
refused "an empty file" 65 "no rows" "$T/empty.csv" -o "$T/x.svg"
refused "an open quote" 65 "line 2" "$T/open.csv" -o "$T/x.svg"
refused "no such file" 66 "gone.csv" "$T/gone.csv" -o "$T/x.svg"
refused "no picture" 65 "-o chart.svg" "$T/a.csv"
refused "a picture of no kind" 65 ".svg or .png" "$T/a.csv" -o "$T/x.gif"
refused "no such theme" 65 "--theme" "$T/a.csv" -o "$T/x.svg" --theme blue
is "nothing is left behind" "$(find "$T" -name 'x.*' | wc -l)" 0
printf 'data: ../a.csv\n' >"$T/up.chart"
refused "a file that isn't beside" 65 "beside" "$T/up.chart" -o "$T/x.svg"

# --- the chart of the day -----------------------------------------------------------
wire
press "$P" --subscriber reader@mail.example
b "$P" feeds import "${FRONT}feeds.opml" >/dev/null
b "$P" gather >/dev/null
mkdir -p "$P/charts"
cp "$ROOT"/sample/charts/* "$P/charts/"
check "compose" b "$P" compose
copy=$(b "$P" show)
has "the standing chart is in the copy" "$copy" "data: northmoor-index.csv"
has "under its heading" "$copy" "## Chart of the day {.chart}"
check "every sentence is proved all the same" b "$P" verify
has "the chart's title counts as its owner's" "$(b "$P" verify)" "1 an editor's"
cat >"$P/charts/2026-03-06-ships.chart" <<'END'
type: bar
title: Ninety ships wait
source: Harbour office https://harbour.example/

Harbour,Ships
Port Ambry,90
Sollen,twelve
Vell,3
END
out=$(b "$P" compose 2>&1)
like "a bad cell of the day's chart is named" 'line [0-9]+, column 2: "twelve" is no number' "$out"
copy=$(b "$P" show)
has "the day's own chart comes before the standing one" "$copy" "title: Ninety ships wait"
is "and alone" "$(printf '%s\n' "$copy" | grep -c '^```chart')" 1
b "$P" show >"$T/copy.md"
sed -i 's/^Sollen,twelve/Sollen,eleven/' "$T/copy.md"
out=$(b "$P" edit --file "$T/copy.md" 2>&1)
like "an editor is told too" 'line [0-9]+, column 2: "eleven" is no number' "$out"
has "and the copy is saved" "$out" "Saved the edition"
check "publish" b "$P" publish
day=$(dirname "$(find "$P/public/2026" -name index.html)")
page=$(cat "$day/index.html")
has "the page has the picture" "$page" '<svg xmlns="http://www.w3.org/2000/svg" class="bc" role="img"'
has "its description says what is to be seen" "$page" "Bar chart: Ninety ships wait</desc>"
has "and the table" "$page" "<summary>Table of the figures</summary>"
is "four files beside" "$(cd "$day" && ls chart* | tr '\n' ' ')" "chart-letter.png chart.csv chart.png chart.svg "
has "the CSV is clean" "$(cat "$day/chart.csv")" "Sollen,
Vell,3"
has "the text has its rows" "$(cat "$day/edition.txt")" "Port Ambry      90"
has "the feeds have the picture" "$(cat "$P/public/feed.json")" "chart.png"
b "$P" deliver >/dev/null
letter=$(cat "$P"/outbox/*.eml | python3 -c 'import email,sys; from email import policy
for part in email.message_from_file(sys.stdin, policy=policy.default).walk():
    if part.get_content_type() == "text/html": print(part.get_content())')
has "the letter shows it, with words for who sees no pictures" "$letter" 'alt="Bar chart: Ninety ships wait"'
before=$(cd "$P" && find public -type f -exec cksum {} + | sort)
b "$P" publish >/dev/null
is "again: the same bytes" "$(cd "$P" && find public -type f -exec cksum {} + | sort)" "$before"

# --- a chart whose numbers are gone ----------------------------------------------------
rm "$P/charts/2026-03-06-ships.chart"
Q=$T/later
press "$Q"
b "$Q" feeds import "${FRONT}feeds.opml" >/dev/null
b "$Q" gather >/dev/null
mkdir -p "$Q/charts"
printf 'title: A title\ndata: gone.csv\n' >"$Q/charts/standing.chart"
out=$(b "$Q" compose 2>&1)
is "the edition is made" "$?" 0
has "the file is named" "$out" "gone.csv"
check "and printed, without the picture" b "$Q" publish
is "with no file that isn't there" "$(find "$Q/public" -name 'chart*' | wc -l)" 0
has "its words stand" "$(cat "$Q/public/index.html")" "A title"
finish
