#!/usr/bin/env bash
# The pages of an edition from the sample wire in Chromium: wide, on a phone, in the dark; accessible, and asking nobody else.
. "$(dirname "$0")/../scenario/lib.sh"

# with_quiz DIR: an edition, with a quiz by its editor
with_quiz()
{
        b "$1" feeds import "$T/feeds.opml" >/dev/null && b "$1" gather >/dev/null && b "$1" compose >/dev/null || return 1
        b "$1" show >"$T/copy.md"
        cat >>"$T/copy.md" <<'END'

## How well did you follow the week? {.quiz}

```quiz
keep: yes
about: Ports reopen after week-long strike
question: The strike held up ____ ships off the breakwaters of the Eastern Coast.
- [ ] thirty
- [x] sixty-one
- [ ] a hundred and twenty-two, or so many that nobody on the harbour wall could tell them apart
because: The strike held up sixty-one ships off the breakwaters of the Eastern Coast.
source: Harbour Gazette https://harbour-gazette.example/a
```

```quiz
keep: yes
question: Bonds of the chain fell to ____ per cent of their face value.
min: 0
max: 100
answer: 31
tolerance: 5
because: Bonds of the chain fell to 31 per cent of their face value.
```
END
        b "$1" edit --file "$T/copy.md" >/dev/null && b "$1" publish >/dev/null
}

sample_wire
curl -sf "$WIRE/feeds.opml" >"$T/feeds.opml"
press "$T/press" --subscriber reader@example.org
check "an edition is printed" with_quiz "$T/press"

# The result of a reader is a page that only the server prints.
"$BULLDOG" -C "$T/press" -o site.listen=127.0.0.1:0 serve >"$T/serve.log" 2>&1 &
pids="$pids $!"
until_true 10 grep -q 'The site is at' "$T/serve.log"
site=$(sed -n 's|.*\(http://[0-9.:]*\)/.*|\1|p' "$T/serve.log")
name=$(grep -o 'name="q[0-9a-f]*"' "$T/press/public/index.html" | head -n 1 | cut -d'"' -f2)
check "a reader's answers are marked" curl -sfL -d "$name=1" -o "$T/press/public/quiz-result.html" "$site/quiz/${NOW%T*}"

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
