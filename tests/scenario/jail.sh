#!/usr/bin/env bash
# The parser behind bars, from the command line: the same answers whatever stands around it, a death that costs one document,
# a stream that neither waits nor grows.
. "$(dirname "$0")/../lib/wire.sh"

press "$T/press"
parser=$("$BULLDOG" -C "$T/press" check | grep '^parser')
like "check says what stands around the parser" '^parser    (jailed: |a process of its own, without bars: they don.t go with)' "$parser"
like "and that it is off" 'wire.jail is off' "$("$BULLDOG" -C "$T/press" -o wire.jail=off check | grep '^parser')"
like "another word is refused" 'wire.jail is auto, strict or off, not "on"' "$("$BULLDOG" -o wire.jail=on sanitize 2>&1 </dev/null)"
like "the role is not for the shell" '^87$' "$("$BULLDOG" -x parse 7 >"$T/role" 2>&1; echo $?)"

# --- the same bytes, jailed or not

feed()
{
        cat <<XML
<rss version="2.0"><channel><title>Gazette $1</title><link>https://gazette.example/</link>
<item><title>Ports reopen, $1</title><link>/$1.html</link><description>&lt;b onclick="x"&gt;Dockworkers&lt;/b&gt; returned.</description></item>
</channel></rss>
XML
}

n=100
slow && n=10
for ((i = 1; i <= n; i++)); do
        feed $i >"$T/feed$i.xml"
        printf '{"id":"%s","file":"%s","url":"https://gazette.example/feed"}\n' $i "$T/feed$i.xml"
done >"$T/jobs"
printf 'no JSON\n{"id":"gone","file":"%s"}\n\n[1]\n' "$T/none.xml" >>"$T/jobs"
"$BULLDOG" parse --jsonl <"$T/jobs" >"$T/jailed" 2>"$T/jailed.err"
is "a bad line makes the end a bad one" $? 65
"$BULLDOG" -o wire.jail=off parse --jsonl <"$T/jobs" >"$T/off" 2>"$T/off.err"
is "as many answers as documents, in order" "$(grep -o '^{"id":"[^"]*"' "$T/jailed" | tr -d '\n' | cksum)" \
        "$(for ((i = 1; i <= n; i++)); do printf '{"id":"%s"' $i; done | (cat; printf '{"id":"gone"') | cksum)"
check "jailed or not: the same bytes" cmp "$T/jailed" "$T/off"
check "and the same complaints" cmp "$T/jailed.err" "$T/off.err"
is "which name their lines" "$(cut -d: -f1 "$T/jailed.err" | head -n 2 | tr '\n' ' ')" "line $((n + 1)) line $((n + 4)) "
like "a file that isn't there is its document's error" '"id":"gone".*"error":"opening .*none.xml: No such file' "$(cat "$T/jailed")"

bad_lines() # PIPE: a good line between bad ones
{
        printf 'no JSON\n{"id":"good","html":"<b>x","file":"%s"}\n[1]\n{"id":"gone","file":"%s"}\n' "$T/feed1.xml" "$T/none.xml" |
                "$BULLDOG" "$@" 2>"$T/bad.err" | cut -c1-62
}
is "sanitize answers a bad line in its place" "$(bad_lines sanitize | head -n 3)" "\
{\"id\":null,\"error\":\"column 2: '[' or '{' expected near 'no'\"}
{\"id\":\"good\",\"html\":\"<b>x</b>\"}
{\"id\":null,\"error\":\"it is not a JSON object\"}"
is "so does extract" "$(bad_lines extract | grep -c '^{"id":\(null\|"gone"\),"error":')" 3
is "and parse, in its own form" "$(bad_lines parse --jsonl | grep -c '^{"id":\(null,"format":null\|"good","format":"rss"\|"gone","format":null\)')" 4
is "each bad line is told, too" "$(grep -c '^line [13]: ' "$T/bad.err")" 2

# --- a stream

# One line, one answer, before the next line is there: nothing waits for more.
answered=$(
        coproc PIPE { "$BULLDOG" sanitize; }
        for ((i = 1; i <= 5; i++)); do
                printf '{"id":"%s","html":"<b>x"}\n' $i >&"${PIPE[1]}"
                read -r -t 60 line <&"${PIPE[0]}" && echo "$line"
        done
)
is "an answer comes before the next line" "$(echo "$answered" | tail -n 1)" '{"id":"5","html":"<b>x</b>"}'

children() # PID
{
        cat "/proc/$1/task/$1/children" 2>/dev/null
}

# What one document more costs in memory, after the first hundred: nothing.
peak() # PID
{
        sed -n 's/^VmHWM:[^0-9]*\([0-9]*\) kB/\1/p' "/proc/$1/status"
}

if ! slow; then
        peaks=
        answered()
        {
                [ "$(wc -l <"$T/many.out")" -ge "$1" ]
        }
        mkfifo "$T/many"
        "$BULLDOG" parse --jsonl <"$T/many" >"$T/many.out" 2>&1 &
        pid=$!
        pids="$pids $pid"
        exec 9>"$T/many"
        {
                echo '<rss><channel><title>Gazette</title>'
                for ((i = 0; i < 500; i++)); do
                        echo "<item><title>Crane $i moves</title><description>Dockworkers returned to it at dawn, and more.</description></item>"
                done
                echo '</channel></rss>'
        } >"$T/long.xml"
        for round in 100 900; do
                for ((i = 0; i < round; i++)); do printf '{"id":"%s","file":"%s"}\n' $i "$T/long.xml"; done >&9
                until_true 120 answered $((round == 100 ? 100 : 1000))
                peaks="$peaks $(peak $pid) $(peak "$(children $pid | tr -d ' ')")"
        done
        exec 9>&-
        wait $pid
        read -r ours theirs ours2 theirs2 <<<"$peaks"
        more "our memory doesn't grow with the stream ($ours, then $ours2 kB)" $((ours + 2048)) "$ours2"
        more "nor the parser's ($theirs, then $theirs2 kB)" $((theirs + 4096)) "$theirs2"
fi

# Kill the parser between two documents, and while one is read: the stream goes on.
mkfifo "$T/in"
"$BULLDOG" sanitize <"$T/in" >"$T/out" 2>"$T/err" &
pid=$!
pids="$pids $pid"
exec 9>"$T/in"
for ((i = 1; i <= 6; i++)); do
        printf '{"id":"%s","html":"<i>y"}\n' $i >&9
        until_true 60 grep -q "\"id\":\"$i\"" "$T/out"
        first=$(children $pid)
        kill -KILL $first 2>/dev/null
done
exec 9>&-
wait $pid
is "each parser killed, each document answered" "$? $(wc -l <"$T/out")" "0 6"

# Our own end takes the parser with it.
mkfifo "$T/in2"
"$BULLDOG" sanitize <"$T/in2" >"$T/out2" &
pid=$!
exec 9>"$T/in2"
printf '{"id":"1","html":"z"}\n' >&9
until_true 60 test -s "$T/out2"
child=$(children $pid | tr -d ' ')
kill -KILL $pid
wait $pid 2>/dev/null
exec 9>&-
gone()
{
        ! grep -q parse "/proc/$child/cmdline"
}
check "killed with us" until_true 10 gone

finish
