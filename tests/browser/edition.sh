#!/usr/bin/env bash
# The pages of an edition from the sample wire in Chromium: wide, on a phone, in the dark; accessible, and asking nobody else.
. "$(dirname "$0")/../scenario/lib.sh"

sample_wire
curl -sf "$WIRE/feeds.opml" >"$T/feeds.opml"
press "$T/press" --subscriber reader@example.org
check "an edition is printed" morning "$T/press"

cd "$T/press/public" || exit 1
mapfile -t pages < <(find . -name '*.html' | sort)
node "$ROOT/tests/browser/look.mjs" "${pages[@]}" >"$T/look.log" 2>&1
code=$?
# A page is well only when it was looked at.
if [ $code -gt 1 ] || ! tail -n 1 "$T/look.log" | grep -q "^${#pages[@]} pages looked at: "; then
        not_ok "the browser looks at each page"
        tail -n 20 "$T/look.log" | sed 's/^/    | /'
        finish
fi
for page in "${pages[@]}"; do
        page=${page#./}
        is "nothing is wrong with $page" "$(grep -F "$page: " "$T/look.log")" ""
done
is "nothing else was found" "$(tail -n 1 "$T/look.log")" "${#pages[@]} pages looked at: nothing found"
finish
