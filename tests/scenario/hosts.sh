#!/usr/bin/env bash
# A stage that is cut off is noticed; two hosts with one store publish the same edition, once.
. "$(dirname "$0")/../lib/wire.sh"

wire
P=$T/cut
press "$P" --subscriber first@mail.example
set_conf "$P" clock compose 23:00 # only its wire gathers
set_conf "$P" clock publish 23:30
b "$P" feeds add --no-fetch "${FRONT}bad/stall/feed.xml" >/dev/null
port=$(free_port)
log=$T/run.log

run() # the press by the clock, in the background: its id is $started
{
        : >"$log"
        "$BULLDOG" -C "$P" -o wire.allow=127.0.0.1 -o "site.listen=127.0.0.1:$port" --now "$NOW" run >"$log" 2>&1 &
        started=$!
        pids="$pids $started"
}
stage() # NAME: its state and note
{
        query "$P" "SELECT state, note FROM stage WHERE name = '$1'"
}
role() # NAME: the id of its process
{
        sed -n "s/.*role $1 started: pid=\([0-9]*\).*/\1/p" "$log" | tail -n 1
}
runs()
{
        stage gather | grep -q '^running'
}

# As a power cut leaves it: publish was at work the day before.
query "$P" "INSERT INTO stage (name, state, started_at, note) VALUES ('publish', 'running', 1772690400, '')"
like "stuck, while nobody looks" 'publish started 24 h ago and never ended' "$(b "$P" check 2>&1)"
run
check "a stage that was cut off is noticed when the press starts" until_true 10 sh -c \
        "'$BULLDOG' -C '$P' --now $NOW check 2>&1 | grep -q '^publish   was cut off .* ago: it was killed, or the machine went down'"
is "and is no fault" "$(b "$P" check 2>&1 | grep -c 'publish started')" 0

# gather waits for a host that stalls: killed alone, it has failed.
until_true 10 runs
kill -KILL "$(ps -o pid= --ppid "$(role wire)" | tr -d ' ' | head -n 1)"
was_killed()
{
        [ "$(stage gather)" = "failed|it was killed by signal 9" ]
}
check "a stage that is killed alone has failed" until_true 10 was_killed
# It begins anew before a program under valgrind has looked.
slow || check "and is told of" until_true 10 sh -c \
        "'$BULLDOG' -C '$P' --now $NOW check 2>&1 | grep -q 'gather failed .*: it was killed by signal 9'"
until_true 20 runs
kill -TERM "$started"
wait "$started"
is "one that is told to end with the press has not" "$(stage gather)" "cut|it was told to end"

# Two hosts, one store: each has a folder of its own, and its own lock.
A=$T/a
press "$A" --subscriber first@mail.example
b "$A" feeds add --no-fetch "${FRONT}harbour-gazette.example/feed.xml" >/dev/null
b "$A" feeds add --no-fetch "${FRONT}coast-courier.example/feed.xml" >/dev/null
b "$A" gather >/dev/null
B=$T/b
mkdir "$B"
cp "$A/bulldog.conf" "$B"
[ -n "${BULLDOG_TEST_PG:-}" ] || set_conf "$B" store url "$A/bulldog.db"
at_work=
for dir in "$A" "$B"; do
        exec_b "$dir" compose >/dev/null 2>"$dir/err" &
        at_work="$at_work $!"
        pids="$pids $!"
done
codes=
for pid in $at_work; do
        wait "$pid"
        codes="$codes$?"
done
is "two compose at once, and neither fails" "$codes $(cat "$A/err" "$B/err")" "00 "
is "there is one edition" "$(query "$A" 'SELECT COUNT(*) FROM edition')" 1
# B has printed all and writes it: a pipe in the place of its front page holds it up, between that and the freezing.
mkdir "$B/public"
mkfifo "$B/public/index.html"
exec_b "$B" publish >"$T/b.out" 2>"$T/b.err" &
slower=$!
pids="$pids $slower"
check "the second host is at it" until_true 10 sh -c "find '$B/public' -name edition.txt | grep -q ."
like "the first publishes meanwhile" ' published: .* 1 letters queued' "$(NOW=2026-03-06T06:00:05Z b "$A" publish 2>&1)"
: >"$B/public/index.html"
wait "$slower"
is "the second yields" "$? $(cat "$T/b.err")" "0 "
like "and says so" ' printed again: .* 0 letters queued' "$(cat "$T/b.out")"
is "it prints what the first published" "$(diff -r "$A/public" "$B/public" 2>&1)" ""
is "each reader gets one letter" "$(query "$A" 'SELECT COUNT(*) FROM delivery')" 1
is "nothing has failed" "$(query "$A" "SELECT COUNT(*) FROM stage WHERE state <> 'ok'")" 0

finish
