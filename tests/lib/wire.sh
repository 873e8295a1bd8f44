# What scenarios of the wire add to scenario/lib.sh: rows by SQL, numbers out
# of gather's JSON, a wire with options.

. "$(dirname "${BASH_SOURCE[0]}")/../scenario/lib.sh"

# like NAME REGEXP TEXT: a line of the text matches.
like()
{
        if printf '%s\n' "$3" | grep -Eq -- "$2"; then
                ok "$1"
        else
                not_ok "$1"
                echo "    | no /$2/ in:"
                printf '%s\n' "$3" | head -n 20 | sed 's/^/    | /'
        fi
}

# wire OPTION...: the sample wire on a free port; $FRONT is its address.
wire()
{
        local out=$T/wire.$RANDOM
        "$SAMPLE_WIRE" --dir "$ROOT/sample/wire" --port 0 --now "$NOW" "$@" >"$out" 2>&1 &
        pids="$pids $!"
        until_true 10 grep -q feeds.opml "$out" || {
                not_ok "the sample wire is served"
                cat "$out"
                exit 1
        }
        FRONT=$(sed -n 's/feeds\.opml .*//p' "$out")
}

# query DIR SQL: rows out of a press's store.
query()
{
        local url
        url=$(sed -n 's/^ *url = "\(postgres[^"]*\)";/\1/p' "$1/bulldog.conf")
        if [ -n "$url" ]; then
                psql -qXAt "$url" -c "$2"
        else
                sqlite3 "$1/bulldog.db" "$2"
        fi
}

# count NAME JSON: a number out of gather --json.
count()
{
        printf '%s' "$2" | grep -o "\"$1\":[0-9]*" | cut -d: -f2
}

# more NAME N LEAST
more()
{
        [ "$2" -ge "$3" ] && ok "$1" || not_ok "$1: $2 is less than $3"
}
