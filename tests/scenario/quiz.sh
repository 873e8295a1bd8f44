#!/usr/bin/env bash
# The weekly quiz: drafted from the week's editions on its day, edited, printed without an answer, answered over HTTP, counted once.
. "$(dirname "$0")/../lib/wire.sh"

# --- a week --------------------------------------------------------------------------
wire
P=$T/press
press "$P" --subscriber reader@mail.example
b "$P" feeds import "${FRONT}feeds-hosts.opml" >/dev/null
for day in 2 3 4 5 6; do
        curl -sf -o /dev/null "${FRONT}control/until/$((day * 24 + 6))"
        NOW=$(date -u -d "2026-02-28 + $day days" +%Y-%m-%dT06:00:00Z)
        b "$P" -o "wire.proxy=${FRONT%/}" -o wire.pages=1000 gather --all >/dev/null || not_ok "gather of $NOW"
        b "$P" compose >"$T/composed" || not_ok "compose of $NOW"
        [ $day = 6 ] || b "$P" publish >/dev/null || not_ok "publish of $NOW"
        [ $day = 6 ] || like "no quiz on other days" '^[^;]*$' "$(cat "$T/composed")"
done
like "on its day there is one" '; a quiz of [3-7] questions$' "$(cat "$T/composed")"
copy=$(b "$P" show)
kept=$(printf '%s\n' "$copy" | grep -c '^keep: yes$')
more "an editor has twice as many to choose from" "$(printf '%s\n' "$copy" | grep -c '^keep: ')" 14
more "enough are sure enough" "$kept" 3
like "each says why it stands there" '^score: [0-9]+ \(kind [0-9]+, place [0-9]+' "$copy"
check "the draft is proved, quiz and all" b "$P" verify
b "$P" compose >"$T/composed"
like "composed again it is the same" '^Unchanged draft' "$(cat "$T/composed")"
message=$(b "$P" -o edition.quiz_least=20 compose --again --date 2026-03-06)
like "too few: none, and why" '; no quiz: of [0-9]+ candidates out of 4 editions [0-9]+ are sure enough' "$message"
is "but an editor may still keep some" "$(b "$P" show | grep -c '^keep: no$')" "$(b "$P" show | grep -c '^keep: ')"
message=$(b "$P" -o edition.quiz_day=someday compose --again 2>&1)
is "a day that is none is refused" "$?" 65
has "by the setting's name" "$message" "edition.quiz_day"
b "$P" -o edition.quiz=0 compose --again >/dev/null
is "it can be left out" "$(b "$P" show | grep -c '{.quiz}')" 0
b "$P" compose --again >/dev/null

# --- the editor ----------------------------------------------------------------------
b "$P" show >"$T/copy.md"
awk '/^keep: yes$/ && ++n == 1 { print "keep: no"; next }
     /^- \[ \] / && !bad++ { print "colour: red" } { print }' "$T/copy.md" >"$T/edited.md"
line=$(grep -n '^colour: red$' "$T/edited.md" | cut -d: -f1)
message=$(b "$P" edit --file "$T/edited.md" 2>&1)
has "a bad line is named with file and line" "$message" "$T/edited.md: line $line: nothing is known by the name of \"colour\""
is "and costs itself only" "$(b "$P" show | grep -c '^keep: yes$')" $((kept - 1))
b "$P" publish >/dev/null || not_ok "publish"

# --- printed -------------------------------------------------------------------------
cd "$P/public" || exit 1
page=$(cat 2026/03/06/*/index.html)
is "as many questions as are kept" "$(printf '%s\n' "$page" | grep -c '<fieldset>')" $((kept - 1))
because=$(b "$P" show | grep -A20 '^keep: yes$' | sed -n 's/^because: //p' | head -n 1)
is "no answer stands in the edition" "$(grep -rlF -e "$because" -e '[x]' 2026/03/06 index.html)" ""
is "and none is marked in the feeds" "$(grep -lF -e '[x]' -e 'tolerance' feed.xml atom.xml feed.json)" ""
has "the feeds have the questions" "$(cat feed.xml)" "How well did you follow the week?"
has "the text has a link" "$(cat 2026/03/06/*/edition.txt)" "#quiz>"
b "$P" deliver >/dev/null
has "and the letter" "$(cat "$P"/outbox/*.eml | tr -d '\r')" "Take the quiz"
cd "$T" || exit 1

# --- answered ------------------------------------------------------------------------
serve()
{
        "$BULLDOG" -C "$P" -o site.listen=127.0.0.1:0 serve >"$T/serve.log" 2>&1 &
        serve=$!
        pids="$pids $serve"
        until_true 10 grep -q 'The site is at' "$T/serve.log"
        U=$(sed -n 's|.*\(http://[0-9.:]*\)/.*|\1|p' "$T/serve.log")
}

code()
{
        curl -s -o /dev/null -w '%{http_code}' "$@"
}

location() # CURL-ARGS...
{
        curl -s -o /dev/null -D - "$@" | tr -d '\r' | sed -n 's/^Location: //p'
}

tallies() # of an edition: how many answers there are, and how many of them right
{
        query "$P" "SELECT COALESCE(SUM(answered), 0), COALESCE(SUM(correct), 0) FROM quiz_tally" | tr '|' ' '
}

# The fields that are right, out of the copy: each question's own order of answers.
right_fields()
{
        ids=$(printf '%s\n' "$page" | grep -o 'name="q[0-9a-f]*"' | uniq | cut -d'"' -f2)
        b "$P" show | awk '/^keep: yes$/ { on = 1; n = 0 } /^```$/ { on = 0 }
                on && /^- \[/ { n++ } on && /^- \[x\]/ { print n } on && /^answer: / { print $2 }' |
                paste -d= <(printf '%s\n' "$ids") - | paste -sd'&' -
}

serve
right=$(right_fields)
n=$((kept - 1))
is "GET leads to the page" "$(code "$U/quiz/2026-03-06")" 303
like "where the form is" '/2026/03/06/.*/#quiz$' "$(location "$U/quiz/2026-03-06")"
is "answers are sent on with a token" "$(code -d "$right" "$U/quiz/2026-03-06")" 307
is "which alone counts nothing" "$(tallies)" "0 0"
token=$(location -d "$right" "$U/quiz/2026-03-06")
to=$U/quiz/$token
result=$(curl -s -d "$right" "$to")
has "all right" "$result" "You have $n of $n right"
has "with what the source said" "$result" "<blockquote><p>"
has "and a text to share" "$result" "$n of $n right in the news quiz of The Morning Edition: http://127.0.0.1:8025/2026/03/06/"
is "each is counted" "$(tallies)" "$n $n"
is "sent again" "$(code -d "$right" "$to")" 200
is "it is not counted twice" "$(tallies)" "$n $n"
first=${right%%&*}
result=$(curl -sL -d "${first%%=*}=77" "$U/quiz/2026-03-06")
has "who follows as a browser does is marked" "$result" "You have 0 of $n right"
has "what is left open is told" "$result" "Not answered"
result=$(curl -sL -d "$first" "$U/quiz/2026-03-06")
has "how others did" "$result" "of 2 readers had it right."
before=$(tallies)
is "GET of a result changes nothing" "$(code "$to")" 303
is "an empty form is shown the answers" "$(code -L -d '' "$U/quiz/2026-03-06")" 200
is "a token of somebody's own is none" "$(code -d "$right" "$U/quiz/2026-03-06/1772776800-aa-bb")" 404
is "nor one for another day" "$(code -d "$right" "${to/2026-03-06/2026-03-05}")" 404
is "an edition without a quiz" "$(code -d "$right" "$U/quiz/2026-03-05")" 404
is "no edition" "$(code -d "$right" "$U/quiz/2020-01-01")" 404
is "no day" "$(code -d "$right" "$U/quiz/today")" 404
is "too large a form" "$(head -c 20000 /dev/zero | code --data-binary @- "$to")" 413
is "what may be done there is said" "$(curl -s -o /dev/null -D - -X PUT -d x "$to" | tr -d '\r' | sed -n 's/^Allow: //p')" "GET, HEAD, POST"
is "and nothing of this was counted" "$(tallies)" "$before"
is "no cookie" "$(curl -sL -o /dev/null -D - -d "$right" "$U/quiz/2026-03-06" | grep -ci '^set-cookie')" 0
is "a result is never kept" "$(curl -s -o /dev/null -D - -d "$right" "$to" | tr -d '\r' | sed -n 's/^Cache-Control: //p')" no-store
is "no address is kept" "$(query "$P" "SELECT COUNT(*) FROM quiz_form WHERE token LIKE '%127.0.0%'")" 0

# --- kill -9 while answers come: each form counts once, the one under way all or nothing -----------------------------
forms()
{
        query "$P" "SELECT COUNT(*) FROM quiz_form"
}

base=$(tallies)
forms=$(forms)
(while :; do curl -sL -o /dev/null -d "$right" "$U/quiz/2026-03-06" || break; done) &
sender=$!
pids="$pids $sender"
is_counting()
{
        [ "$(tallies)" != "$base" ]
}
until_true 5 is_counting
sleep 0.3
kill -9 $serve
wait $serve 2>/dev/null
wait $sender 2>/dev/null
after=$(tallies)
serve
new=$(($(forms) - forms))
more "forms were counted till the end" "$new" 1
is "each with all its answers" "$after" "$((${base% *} + new * n)) $((${base#* } + new * n))"
to=$U/quiz/$token
is "one that was counted before the end isn't again" "$(code -d "$right" "$to")" 200
is "by the server that came after" "$(tallies)" "$after"
kill $serve

# --- only files ----------------------------------------------------------------------
b "$P" -o site.quiz=page publish >/dev/null || not_ok "publish without a server"
page=$(cat "$P"/public/2026/03/06/*/index.html)
is "no form where nobody marks it" "$(printf '%s\n' "$page" | grep -c '<form')" 0
has "the answers have a page" "$page" '/answers/">The answers</a>'
has "and there they are" "$(cat "$P"/public/2026/03/06/*/answers/index.html)" "$because"
message=$(b "$P" -o site.quiz=perhaps publish 2>&1)
is "no third way" "$?" 65
finish
