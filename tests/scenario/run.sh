#!/usr/bin/env bash
#
# The press by the clock: its roles start, one that is killed comes back, the day's edition appears, and SIGTERM ends all.
. "$(dirname "$0")/lib.sh"

P=$T/press
sample_wire
press "$P" --name "Round the Clock" --subscriber first@mail.example
check "feeds are imported" b "$P" feeds import "$T/feeds.opml"
port=$(free_port)

log=$T/run.log
"$BULLDOG" -C "$P" -o wire.allow=127.0.0.1 -o wire.delay=0s -o "site.listen=127.0.0.1:$port" --now "$NOW" run >"$log" 2>&1 &
run=$!
pids="$pids $run"

role() # ROLE: the id of its process
{
        sed -n "s/.*role $1 started: pid=\([0-9]*\).*/\1/p" "$log" | tail -n 1
}

for name in wire clock post site; do
        check "role $name starts" until_true 10 grep -q "role $name started" "$log"
done
check "the site is served" until_true 10 curl -s -o /dev/null "http://127.0.0.1:$port/healthz"
check "the day's edition is printed" until_true 60 test -e "$P/public/index.html"
check "its letter is carried" until_true 30 sh -c "ls $P/outbox/*.eml"
is "there is one" "$(find "$P/outbox" -name '*.eml' | wc -l)" 1
check "the press is well" until_true 30 curl -sf -o /dev/null "http://127.0.0.1:$port/healthz"

for name in site clock; do
        before=$(role $name)
        kill -KILL "$before"
        check "role $name, killed, comes back" until_true 15 sh -c \
                "grep -c 'role $name started' $log | grep -qx 2"
        is "as another process" "$([ "$(role $name)" != "$before" ] && echo other)" other
done
check "the site is served again" until_true 15 curl -sf -o /dev/null "http://127.0.0.1:$port/"
is "no second edition is made" "$(find "$P/public" -path '*/20[0-9][0-9]/*' -name index.html | wc -l)" 1
is "no second letter" "$(find "$P/outbox" -name '*.eml' | wc -l)" 1

has "one run a press" "$("$BULLDOG" -C "$P" run 2>&1)" "another 'bulldog run'"
has "check tells of each stage" "$(b "$P" check 2>&1)" "publish   ended well"

# SIGHUP reads the settings again, and a fault in them changes nothing.
set_conf "$P" press line "Also in the evening"
before=$(role site)
kill -HUP $run
check "SIGHUP: each role starts anew" until_true 20 sh -c "grep -c 'role [a-z]* started' $log | grep -qx 10"
is "the site too" "$([ "$(role site)" != "$before" ] && echo other)" other
check "and is served" until_true 15 curl -sf -o /dev/null "http://127.0.0.1:$port/"
cp "$P/bulldog.conf" "$T/right.conf"
echo 'nonsense: { x = 1; };' >>"$P/bulldog.conf"
kill -HUP $run
check "settings that are wrong are told" until_true 10 grep -q 'the settings are not taken.*nonsense' "$log"
check "and the press goes on" curl -sf -o /dev/null "http://127.0.0.1:$port/"
cp "$T/right.conf" "$P/bulldog.conf"

children=$(ps -o pid= --ppid $run | tr -d ' ' | tr '\n' ' ')
t0=$SECONDS
kill -TERM $run
wait $run
is "SIGTERM ends it well" $? 0
is "soon" "$([ $((SECONDS - t0)) -le 12 ] && echo soon)" soon
left=
for pid in $children; do
        kill -0 "$pid" 2>/dev/null && left="$left $pid"
done
is "no role is left" "$left" ""

# The parent killed outright: its roles don't outlive it.
: >"$log"
"$BULLDOG" -C "$P" -o wire.allow=127.0.0.1 -o "site.listen=127.0.0.1:$port" --now "$NOW" run >"$log" 2>&1 &
run=$!
pids="$pids $run"
check "it starts again" until_true 10 grep -q "role site started" "$log"
children=$(ps -o pid= --ppid $run | tr -d ' ')
kill -KILL $run
wait $run 2>/dev/null
gone()
{
        local pid
        for pid in $children; do
                kill -0 "$pid" 2>/dev/null && return 1
        done
        return 0
}
check "roles don't outlive a killed parent" until_true 15 gone
finish
