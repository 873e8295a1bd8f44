#!/usr/bin/env bash
#
# A full disk, and a site folder that can't be written: a clear error, and the last edition stays served.
. "$(dirname "$0")/../scenario/lib.sh"
unset BULLDOG_TEST_PG # the store fills up too

mounted=
end()
{
        end_started
        [ -z "$mounted" ] || umount "$mounted"
        clean_up
}
trap end EXIT

P=$T/press
sample_wire
press "$P" --subscriber first@mail.example
{
        echo email
        for i in $(seq 60); do echo "reader$i@mail.example"; done
} >"$T/readers.csv"
b "$P" subscribers import "$T/readers.csv" >/dev/null
b "$P" feeds import "$T/feeds.opml" >/dev/null
b "$P" gather >"$T/out" 2>&1 && b "$P" compose >>"$T/out" 2>&1 || {
        not_ok "an edition is composed"
        cat "$T/out"
        exit 1
}
mkdir -p "$P/public"
echo '<p>The edition of yesterday.</p>' >"$P/public/index.html"

# As if a disk were full: nothing larger than so many kB can be written.
limited() # KB COMMAND...
{
        (
                trap '' XFSZ
                ulimit -f "$1"
                shift
                "$@"
        )
}

# A small disk of its own where we may mount one; else the limit above.
small_disk()
{
        [ "$(id -u)" -eq 0 ] || return 1
        mkdir -p "$T/disk" && mount -t tmpfs -o size=24m tmpfs "$T/disk" 2>/dev/null || return 1
        mounted=$T/disk
        mv "$P" "$T/disk/press"
        P=$T/disk/press
}

if small_disk; then
        fill()
        {
                dd if=/dev/zero of="$T/disk/filler" bs=4k 2>/dev/null
                :
        }
        free_up()
        {
                rm -f "$T/disk/filler"
        }
        full()
        {
                "$@"
        }
else
        fill() { :; }
        free_up() { :; }
        full() { limited 8 "$@"; }
fi

fill
full b "$P" publish >"$T/out" 2>&1
rc=$?
is "publish on a full disk fails" "$([ $rc -ne 0 ] && [ $rc -lt 128 ] && echo fails)" fails
check "it says so" grep -qiE 'space|full|too large|disk' "$T/out"
is "the last edition is there" "$(cat "$P/public/index.html")" "<p>The edition of yesterday.</p>"
free_up
has "no letter is queued" "$(b "$P" queue status --json)" '"pending":0,'
is "nothing half-written lies there" "$(find "$P/public" -name '.bulldog-*' | wc -l)" 0
check "with room again it is published" b "$P" publish
is "the new edition is there" "$(grep -c yesterday "$P/public/index.html")" 0

fill
full b "$P" deliver >"$T/out" 2>&1
rc=$?
is "deliver on a full disk fails" "$([ $rc -ne 0 ] && [ $rc -lt 128 ] && echo fails)" fails
check "it says so too" grep -qiE 'space|full|too large|disk' "$T/out"
free_up
check "with room again it carries the rest" b "$P" deliver
is "each has one letter" "$(find "$P/outbox" -type f | wc -l)" 61
has "all are sent" "$(b "$P" queue status --json)" '"sent":61,'

# A store on a full disk.
fill
full b "$P" gather >"$T/out" 2>&1
rc=$?
is "no crash of the store's making" "$([ $rc -lt 128 ] && echo none)" none
free_up
check "with room again gather works" b "$P" gather

# A site folder that this user may not write.
if [ "$(id -u)" -ne 0 ]; then
        nobody=(env)
        lock_site() { chmod -R a-w "$P/public"; }
        unlock_site() { chmod -R u+w "$P/public"; }
else
        nobody=(setpriv --reuid=65534 --regid=65534 --clear-groups)
        lock_site() { chown -R 65534:65534 "$P" && chown -R 0:0 "$P/public"; }
        unlock_site() { chown -R 65534:65534 "$P"; }
fi
chmod 755 "$T" "${mounted:-$T}"
if "${nobody[@]}" test -x "$BULLDOG"; then
        set_conf "$P" press line "Another line under the name"
        lock_site
        before=$(find "$P/public" -type f -exec sha256sum {} + | sort | sha256sum)
        "${nobody[@]}" "$BULLDOG" -C "$P" --now "$NOW" publish >"$T/out" 2>&1
        is "publish into a read-only folder fails" $? 77
        has "it names the folder" "$(cat "$T/out")" "$P/public"
        is "not a byte of the site is changed" "$(find "$P/public" -type f -exec sha256sum {} + | sort | sha256sum)" "$before"
        has "check says how to mend it" "$("${nobody[@]}" "$BULLDOG" -C "$P" --now "$NOW" check 2>&1)" "can't be written by this user"
        start "${nobody[@]}" "$BULLDOG" -C "$P" --now "$NOW" -o site.listen=127.0.0.1:0 serve
        check "it can be served" until_true 10 grep -q 'The site is at' "$T/started.log"
        site=$(sed -n 's|.*\(http://[0-9.:]*\)/.*|\1|p' "$T/started.log")
        check "the last edition is still served" curl -sf -o /dev/null "$site/"
        has "health tells of it" "$(curl -s "$site/healthz")" '"why":"publish failed'
        unlock_site
        check "once it can be written it is published" "${nobody[@]}" "$BULLDOG" -C "$P" --now "$NOW" publish
else
        echo "# $BULLDOG can't be run by another user here: no test of a read-only folder"
fi
finish
