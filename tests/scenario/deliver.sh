#!/usr/bin/env bash
#
# Letters: each subscriber gets one, whatever is killed, and it says what a letter must.
. "$(dirname "$0")/lib.sh"

N=1500
slow && N=60
P=$T/press
sample_wire
press "$P" --name "The Scenario Post" --subscriber first@mail.example
set_conf "$P" press url "https://news.example/"
set_conf "$P" press address "Harbour Street 1, 1000 Port Anvil"
set_conf "$P" post from "edition@news.example"
set_conf "$P" post batch 20
{
        echo "email,name"
        for i in $(seq 2 $N); do
                echo "reader$i@mail.example,\"Reader, no. $i\""
        done
        echo "not an address,x"
} >"$T/readers.csv"
has "subscribers are imported, wrong rows told" \
        "$("$BULLDOG" -C "$P" subscribers import "$T/readers.csv" 2>&1)" "$((N - 1)) added, 0 there already, 1 wrong"
has "the row that is wrong is named" "$("$BULLDOG" -C "$P" subscribers import "$T/readers.csv" 2>&1)" "row $((N + 1)): "
printf 'email,consent\nbefore@mail.example,form\nlatin@mail.example,par \351crit\nafter@mail.example,form\n' >"$T/latin.csv"
Q=$T/latin
press "$Q"
has "a row that isn't UTF-8 is told, the others are taken" \
        "$("$BULLDOG" -C "$Q" subscribers import "$T/latin.csv" 2>&1)" "2 added, 0 there already, 1 wrong"
is "they are listed" "$("$BULLDOG" -C "$P" subscribers list | wc -l)" $N
"$BULLDOG" -C "$P" subscribers export >"$T/out.csv"
is "they are exported" "$(wc -l <"$T/out.csv")" $((N + 1))
"$BULLDOG" -C "$P" subscribers export >/dev/full 2>"$T/out"
is "an export onto a full disk fails" $? 71
has "and says so" "$(cat "$T/out")" "is not whole"

check "an edition is published" morning "$P"
has "its letters are queued" "$(b "$P" queue status --json)" "\"pending\":$N,"

# Killed again and again, at another moment each time.
kills=0
for i in $(seq 8); do
        exec_b "$P" deliver >/dev/null 2>&1 &
        pid=$!
        sleep "0.0$((i * 10 + 5))"
        kill -KILL $pid 2>/dev/null
        wait $pid 2>/dev/null
        [ $? -eq 137 ] && kills=$((kills + 1))
done
check "it was killed at work" [ $kills -gt 0 ]
# Told to stop between two letters.
exec_b "$P" deliver >"$T/out" 2>&1 &
pid=$!
until_true 5 sh -c "ls $P/outbox/*.eml"
kill -TERM $pid 2>/dev/null
wait $pid 2>/dev/null
rc=$?
case $rc in
0 | 143) ok "SIGTERM ends it between two letters" ;; # 143: before it could listen
*) not_ok "SIGTERM ends it between two letters: $rc" ;;
esac
check "the next run carries the rest" b "$P" deliver

is "each has one letter" "$(find "$P/outbox" -name '*.eml' | wc -l)" $N
is "nothing else lies there" "$(find "$P/outbox" -type f ! -name '*.eml' | wc -l)" 0
is "no Message-ID twice" "$(cat "$P"/outbox/*.eml | grep -a '^Message-ID: ' | sort | uniq -d | wc -l)" 0
is "no reader twice" "$(cat "$P"/outbox/*.eml | grep -a '^ *\(To: .*\|\)<[a-z0-9]*@mail.example>' | sort | uniq -d | wc -l)" 0
has "all are counted as sent" "$(b "$P" queue status --json)" "\"sent\":$N,"
has "none is pending" "$(b "$P" queue status --json)" '"pending":0,"claimed":0,'
find "$P/outbox" -type f -exec sha256sum {} + | sort >"$T/sums"
has "nothing more is due" "$(b "$P" deliver)" "0 letters carried"
find "$P/outbox" -type f -exec sha256sum {} + | sort >"$T/sums2"
check "nothing was written again" cmp "$T/sums" "$T/sums2"

letter=$(find "$P/outbox" -name '*.eml' | sort | head -n 1)
for head in 'From: The Scenario Post <edition@news.example>' 'List-Unsubscribe: <https://news.example/u/' \
        'List-Unsubscribe-Post: List-Unsubscribe=One-Click' 'List-Id: The Scenario Post <edition.news.example>' \
        'Date: Fri, 06 Mar 2026 06:00:00 +0000' 'MIME-Version: 1.0'; do
        is "a letter has ${head%%:*}" "$(tr -d '\r' <"$letter" | grep -c "^$head")" 1
done
is "lines end in CRLF" "$(grep -avc $'\r$' "$letter")" 0
is "no line is over 76 columns" "$(tr -d '\r' <"$letter" | awk 'length > 76' | wc -l)" 0

# Another worker holds the press.
exec 9<>"$P/post.lock"
flock 9
has "a second worker is told" "$(b "$P" deliver 2>&1)" "another bulldog is delivering"
exec 9>&-

# Without a postal address no letter leaves the house.
Q=$T/without
press "$Q" --subscriber first@mail.example
set_conf "$Q" post from "edition@news.example"
check "another edition is published" morning "$Q"
has "its letters are refused" "$(b "$Q" deliver 2>&1)" "press.address is empty"
is "none is written" "$(find "$Q/outbox" -name '*.eml' 2>/dev/null | wc -l)" 0
has "they stay in the queue" "$(b "$Q" queue status --json)" '"pending":1,'
has "check says it" "$(b "$Q" check 2>&1)" "deliver failed"
finish
