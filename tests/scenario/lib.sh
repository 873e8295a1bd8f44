# What every scenario begins with: . "$(dirname "$0")/lib.sh"
#
# $BULLDOG is the program (build/bulldog when unset), $SAMPLE_WIRE the server of the sample wire. Each scenario gets a folder of
# its own, $T, which goes away with it, as do the processes it started through `start`. A check prints "ok NAME" or "not ok
# NAME" and goes on; `finish` ends with what they came to.
#
# BULLDOG_TEST_PG=postgresql://... makes press() put each press's store into a schema of its own there. SCENARIO_SLOW=1 (under
# valgrind) makes waits longer and counts smaller where a script asks `slow`.

set -u
LC_ALL=C.UTF-8
TZ=UTC
export LC_ALL TZ
unset JOURNAL_STREAM

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
BULLDOG=${BULLDOG:-$ROOT/build/bulldog}
SAMPLE_WIRE=${SAMPLE_WIRE:-$(dirname "$BULLDOG")/sample-wire}
NOW=${NOW:-2026-03-06T06:00:00Z}
T=$(mktemp -d /tmp/bulldog-scenario.XXXXXX)
pids=
schemas=
failures=0

slow()
{
        [ -n "${SCENARIO_SLOW:-}" ]
}

# Is it a build whose memory is its own, not a checker's?
is_plain()
{
        ! slow && ! ldd "$BULLDOG" 2>/dev/null | grep -q libasan
}

end_started()
{
        local pid
        pids="$pids $(cat "$T/pids" 2>/dev/null)"
        for pid in $pids; do
                kill "$pid" 2>/dev/null
        done
        for pid in $pids; do
                wait "$pid" 2>/dev/null
        done
}

clean_up()
{
        local schema port
        end_started
        for schema in $schemas; do
                psql -q "$BULLDOG_TEST_PG" -c "DROP SCHEMA IF EXISTS $schema CASCADE" >/dev/null 2>&1
        done
        for port in $(cat "$T/ports" 2>/dev/null); do
                rmdir "/tmp/bulldog-port.$port"
        done
        rm -rf "$T"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

ok()
{
        echo "ok $*"
}

not_ok()
{
        echo "not ok $*"
        failures=$((failures + 1))
}

# check NAME COMMAND...: the command must succeed.
check()
{
        local name=$1
        shift
        if "$@" >"$T/check.log" 2>&1; then
                ok "$name"
        else
                not_ok "$name"
                sed 's/^/    | /' "$T/check.log" | head -n 20
        fi
}

# is NAME GOT WANT
is()
{
        if [ "$2" = "$3" ]; then
                ok "$1"
        else
                not_ok "$1"
                echo "    | got  $2"
                echo "    | want $3"
        fi
}

# has NAME TEXT PART: the part stands in the text.
has()
{
        case $2 in
        *"$3"*) ok "$1" ;;
        *)
                not_ok "$1"
                echo "    | no \"$3\" in:"
                printf '%s\n' "$2" | head -n 20 | sed 's/^/    | /'
                ;;
        esac
}

# A free port on loopback, for a program that can't be told to take any: below those that the kernel gives to clients
# (32768 on), and each given out once in all scenarios under way. Where a program can take port 0, let it.
free_port()
{
        local port
        while :; do
                port=$((20000 + RANDOM % 12000))
                mkdir "/tmp/bulldog-port.$port" 2>/dev/null || continue
                echo "$port" >>"$T/ports"
                (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || break
        done
        echo "$port"
}

# start PROGRAM...: in the background (no shell function); its id is $started, its output in $T/started.log
# The ids are kept in a file: what a subshell starts is ended too.
started=
start()
{
        rm -f "$T/started.log" # whoever writes to the last one goes on
        "$@" >"$T/started.log" 2>&1 &
        started=$!
        echo "$started" >>"$T/pids"
}

# until_true SECONDS COMMAND...: try again and again, so long by the clock.
until_true()
{
        local end=$((SECONDS + $1 * ($(slow && echo 10 || echo 1)) + 1))
        shift
        while [ $SECONDS -lt $end ]; do
                "$@" >/dev/null 2>&1 && return 0
                sleep 0.05
        done
        return 1
}

# press DIR [INIT-OPTIONS...]: a new press; STORE says where its rows lie.
press()
{
        local dir=$1 url=
        shift
        if [ -n "${BULLDOG_TEST_PG:-}" ]; then
                local schema="scenario_$$_${RANDOM}"
                schemas="$schemas $schema"
                psql -q "$BULLDOG_TEST_PG" -c "CREATE SCHEMA $schema" || return 1
                url="$BULLDOG_TEST_PG?options=-csearch_path%3D$schema"
        fi
        "$BULLDOG" ${url:+-o "store.url=$url"} init "$dir" "$@" >/dev/null || return 1
        if [ -n "$url" ]; then
                sed -i "s|# url = \"bulldog.db\";|url = \"$url\";|" "$dir/bulldog.conf"
        fi
}

# set_conf DIR SECTION NAME VALUE: a setting of a press that stands at its default.
set_conf()
{
        sed -i "/^$2: {/,/^};/s|^        # $3 = .*|        $3 = \"$4\";|" "$1/bulldog.conf"
}

# A wire to read from: sample_wire; then $WIRE is its address.
sample_wire()
{
        start "$SAMPLE_WIRE" --dir "$ROOT/sample/wire" --port 0 --now "$NOW"
        until_true 10 grep -q feeds.opml "$T/started.log"
        WIRE=$(sed -n 's|/feeds\.opml .*||p' "$T/started.log")
        curl -sf -o "$T/feeds.opml" "$WIRE/feeds.opml" || {
                not_ok "the sample wire is served"
                cat "$T/started.log"
                exit 1
        }
}

# b DIR ARGS...: the program on a press, at the frozen time, reading from loopback without pauses.
b()
{
        local dir=$1
        shift
        "$BULLDOG" -C "$dir" -o wire.allow=127.0.0.1 -o wire.delay=0s --now "$NOW" "$@"
}

# exec_b DIR ARGS... &: as b, to be put in the background: $! is the program itself and no shell around it.
exec_b()
{
        local dir=$1
        shift
        exec "$BULLDOG" -C "$dir" -o wire.allow=127.0.0.1 -o wire.delay=0s --now "$NOW" "$@"
}

# morning DIR: gathered, composed and published from the sample wire.
morning()
{
        b "$1" feeds import "$T/feeds.opml" >/dev/null &&
                b "$1" gather >/dev/null &&
                b "$1" compose >/dev/null &&
                b "$1" publish >/dev/null
}

# token_of DIR ADDRESS: what names a subscriber in links.
token_of()
{
        "$BULLDOG" -C "$1" subscribers list --json | sed -n "s|.*\"email\":\"$2\".*/u/\([0-9a-f]*\)\".*|\1|p"
}

finish()
{
        [ $failures -eq 0 ]
        exit
}
