#!/usr/bin/env bash
#
# kill -9 at random moments of gather, compose, publish, deliver, a correction with its letters, and their delivery; then the rerun must
# end in the same edition, byte for byte, as a press that was left alone. MOMENTS=48 and SEED=1 may be set. With BULLDOG_TEST_PG it is a press on PostgreSQL.
. "$(dirname "$0")/../scenario/lib.sh"

MOMENTS=${MOMENTS:-48}
RANDOM=${SEED:-1}
STAGES=(gather compose publish deliver correct deliver)
LAST=$((${#STAGES[@]} - 1))
READERS=120

# The stage of that number; a correction makes its copy of what was published.
run_stage() # RUNNER DIR NUMBER
{
        local runner=$1 dir=$2 stage=${STAGES[$3]}
        if [ "$stage" = correct ]; then
                [ -s "$T/corrected.md" ] || b "$dir" show | sed 's/ninety ships/nineteen ships/' >"$T/corrected.md"
                "$runner" "$dir" correct 1 "$T/corrected.md" --mail --note "Nineteen ships lay there."
        else
                "$runner" "$dir" "$stage"
        fi
}

# A copy of a press, its schema on PostgreSQL too.
copy_press() # FROM TO
{
        cp -a "$1" "$2"
        [ -n "${BULLDOG_TEST_PG:-}" ] || return 0
        local from to
        from=$(sed -n 's/.*search_path%3D\([a-z0-9_]*\).*/\1/p' "$1/bulldog.conf")
        to=copy_$$_${RANDOM}_${RANDOM}
        schemas="$schemas $to"
        pg_dump -n "$from" "$BULLDOG_TEST_PG" | sed "s/\b$from\b/$to/g" | psql -q -v ON_ERROR_STOP=1 "$BULLDOG_TEST_PG" >/dev/null &&
                sed -i "s/%3D$from/%3D$to/" "$2/bulldog.conf"
}

drop_press() # DIR
{
        local schema
        if [ -n "${BULLDOG_TEST_PG:-}" ]; then
                schema=$(sed -n 's/.*search_path%3D\([a-z0-9_]*\).*/\1/p' "$1/bulldog.conf")
                psql -q "$BULLDOG_TEST_PG" -c "DROP SCHEMA $schema CASCADE" >/dev/null 2>&1
        fi
        rm -rf "$1"
}

# What a press came to: the copy, the pages, the letters, and how its rows stand.
result() # DIR
{
        b "$1" show 2>&1 | sha256sum
        (cd "$1" && find public outbox -type f 2>/dev/null | LC_ALL=C sort | xargs -r sha256sum)
        b "$1" queue status --json
}

ms()
{
        echo $(($(date +%s%N) / 1000000))
}

on_engine() # NAME
{
        local engine=$1 press=$T/$1 stage i k n dir t0 hits=0 same=0 twice=0 delay
        local -a took

        press "$press.0" --name "Morning of Faults" --subscriber first@mail.example || {
                not_ok "$engine: a press"
                return
        }
        {
                echo email
                for i in $(seq $READERS); do echo "reader$i@mail.example"; done
        } >"$T/readers.csv"
        b "$press.0" subscribers import "$T/readers.csv" >/dev/null
        b "$press.0" feeds import "$T/feeds.opml" >/dev/null
        b "$press.0" series add --name Wheat --value Wheat --unit crowns "$WIRE/grainfreight.example/figures.csv" >/dev/null

        # The press that is left alone, kept as it stood before each stage.
        for k in $(seq 0 $LAST); do
                copy_press "$press.$k" "$press.$((k + 1))" || {
                        not_ok "$engine: a copy of the press"
                        return
                }
                t0=$(ms)
                run_stage b "$press.$((k + 1))" $k >"$T/out" 2>&1 || {
                        not_ok "$engine: ${STAGES[k]}, left alone"
                        cat "$T/out"
                        return
                }
                took[k]=$(($(ms) - t0))
        done
        result "$press.$((LAST + 1))" >"$T/want"
        is "$engine: left alone, its chart is drawn from a series" "$(b "$press.$((LAST + 1))" show | grep -c '^finding: ')" 1
        is "$engine: left alone, each reader has a letter, and one on the correction" \
                "$(find "$press.$((LAST + 1))/outbox" -name '*.eml' | wc -l)" $((2 * (READERS + 1)))

        for i in $(seq "$MOMENTS"); do
                k=$((i % (LAST + 1)))
                stage=${STAGES[k]}
                dir=$T/trial
                copy_press "$press.$k" "$dir"
                # Once, or a few times in a row.
                for n in $(seq $((RANDOM % 3 + 1))); do
                        run_stage exec_b "$dir" $k >/dev/null 2>&1 &
                        local pid=$!
                        delay=$((RANDOM * (took[k] + 10) / 32768 + 2))
                        sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
                        kill -KILL $pid 2>/dev/null
                        wait $pid 2>/dev/null
                        if [ $? -eq 137 ]; then
                                hits=$((hits + 1))
                        else
                                # It was done before the kill: it is quicker than we took it to be.
                                took[k]=$((took[k] * 4 / 5 + 1))
                        fi
                done
                for n in $(seq "$k" $LAST); do
                        run_stage b "$dir" "$n" >"$T/out" 2>&1 || {
                                not_ok "$engine: moment $i: ${STAGES[n]} after a kill in $stage"
                                cat "$T/out"
                        }
                done
                result "$dir" >"$T/got"
                if cmp -s "$T/want" "$T/got"; then
                        same=$((same + 1))
                else
                        not_ok "$engine: moment $i: the rerun after a kill in $stage ends the same"
                        diff "$T/want" "$T/got" | head -n 4
                        [ -z "${KEEP:-}" ] || cp -a "$dir" "$KEEP/$engine.$i.$stage"
                fi
                twice=$((twice + $(cat "$dir"/outbox/*.eml 2>/dev/null | grep -a '^Message-ID: ' | sort | uniq -d | wc -l)))
                drop_press "$dir"
        done
        is "$engine: of $MOMENTS moments, as many ended in the same bytes" $same "$MOMENTS"
        is "$engine: no letter is there twice" $twice 0
        check "$engine: most kills hit a process at work" [ $hits -ge $((MOMENTS / 2)) ]
        echo "# $engine: $hits kills; gather ${took[0]} ms, compose ${took[1]} ms, publish ${took[2]} ms, deliver ${took[3]} ms, correct ${took[4]} ms"
}

sample_wire
if [ -n "${BULLDOG_TEST_PG:-}" ]; then
        on_engine postgres
else
        on_engine sqlite
fi
finish
