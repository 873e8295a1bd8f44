#!/usr/bin/env bash
#
# The site over HTTP: types, ETags, compression, what is hidden, and health.
. "$(dirname "$0")/lib.sh"

P=$T/press
press "$P" --name "Site Test"
mkdir -p "$P/public/2026/03/06/ports" "$P/public/.hidden"
yes '<p>The ports are open again.</p>' | head -n 400 >"$P/public/index.html"
echo '<h1>Not here</h1>' >"$P/public/404.html"
echo '<h1>Ports</h1>' >"$P/public/2026/03/06/ports/index.html"
echo '<rss/>' >"$P/public/feed.xml"
echo secret >"$P/public/.hidden/f"
echo secret >"$P/secret"
ln -s ../secret "$P/public/out"
head -c 5000000 /dev/zero >"$P/public/large.epub"
printf '\211PNG' >"$P/public/card.png"

"$BULLDOG" -C "$P" --now "$NOW" -o site.listen=127.0.0.1:0 serve >"$T/serve.log" 2>&1 &
serve=$!
pids="$pids $serve"
until_true 10 grep -q 'The site is at' "$T/serve.log"
U=$(sed -n 's|.*\(http://[0-9.:]*\)/.*|\1|p' "$T/serve.log")

code()
{
        curl -s --path-as-is -o /dev/null -w '%{http_code}' "$@"
}

header() # NAME CURL-ARGS...
{
        local name=$1
        shift
        curl -s --path-as-is -o /dev/null -D - "$@" | tr -d '\r' | sed -n "s/^$name: //Ip"
}

is "the front page" "$(code "$U/")" 200
is "a page in a folder" "$(code "$U/2026/03/06/ports/")" 200
is "a folder without its slash moves" "$(code "$U/2026/03/06/ports")" 301
is "it moves to itself with the slash" "$(header Location "$U/2026/03/06/ports")" /2026/03/06/ports/
is "a folder without a page is not there" "$(code "$U/2026/")" 404
is "a page that is not there" "$(code "$U/nope")" 404
is "it is the press's own page" "$(curl -s "$U/nope")" "<h1>Not here</h1>"
is "HEAD has the length" "$(header Content-Length -I "$U/feed.xml")" 7
is "HEAD has no body" "$(curl -s -I "$U/feed.xml" | tail -n 1 | tr -d '\r')" ""
is "RSS has its type" "$(header Content-Type "$U/feed.xml")" "application/rss+xml; charset=utf-8"
is "HTML has its type" "$(header Content-Type "$U/")" "text/html; charset=utf-8"
is "a large file comes whole" "$(curl -s "$U/large.epub" | cmp - "$P/public/large.epub" && echo same)" same
is "writing is refused" "$(code -X POST -d x=y "$U/")" 405
is "it is said what is allowed" "$(header Allow -X DELETE "$U/")" "GET, HEAD"

for path in /../secret /%2e%2e/secret /..%2fsecret /2026/../../secret //etc/passwd /.hidden/f /out /a%00b /%; do
        got=$(code "$U$path")
        case $got in
        404 | 400) ok "nothing comes of $path" ;;
        *) not_ok "nothing comes of $path: $got" ;;
        esac
done

etag=$(header ETag "$U/")
packed=$(header ETag -H 'Accept-Encoding: gzip' "$U/")
has "there is a strong ETag" "$etag" '"'
is "the packed one has its own" "$([ "$etag" != "$packed" ] && echo differs)" differs
is "If-None-Match gives 304" "$(code -H "If-None-Match: $etag" "$U/")" 304
is "also in a list, also weak" "$(code -H "If-None-Match: \"x\", W/$etag" "$U/")" 304
is "304 has no body" "$(curl -s -H "If-None-Match: $etag" "$U/" | wc -c)" 0
is "304 doesn't say that the page is empty" "$(header Content-Length -H "If-None-Match: $etag" "$U/" | grep -x 0)" ""
is "304 has the ETag" "$(header ETag -H "If-None-Match: $etag" "$U/")" "$etag"
is "another ETag gives 200" "$(code -H 'If-None-Match: "x"' "$U/")" 200
is "If-Modified-Since gives 304" "$(code -H "If-Modified-Since: $(header Last-Modified "$U/")" "$U/")" 304
is "If-None-Match outranks it" \
        "$(code -H 'If-None-Match: "x"' -H "If-Modified-Since: $(header Last-Modified "$U/")" "$U/")" 200
is "gzip is gzip" "$(header Content-Encoding -H 'Accept-Encoding: gzip' "$U/")" gzip
is "unpacked it is the page" \
        "$(curl -s -H 'Accept-Encoding: gzip' "$U/" | gzip -d | cmp - "$P/public/index.html" && echo same)" same
is "gzip in a second line counts" "$(header Content-Encoding -H 'Accept-Encoding: br' -H 'Accept-Encoding: gzip' "$U/")" gzip
is "an ETag in a second line counts" "$(code -H 'If-None-Match: "x"' -H "If-None-Match: $etag" "$U/")" 304
is "who refuses gzip gets none" "$(header Content-Encoding -H 'Accept-Encoding: gzip;q=0, br' "$U/")" ""
is "pictures are not packed" "$(header Content-Encoding -H 'Accept-Encoding: gzip' "$U/card.png")" ""
is "caches are told what it depends on" "$(header Vary "$U/")" Accept-Encoding
has "pages are kept for a minute" "$(header Cache-Control "$U/")" "max-age=60"
has "nothing from elsewhere" "$(header Content-Security-Policy "$U/")" "default-src 'self'"
is "no sniffing" "$(header X-Content-Type-Options "$U/")" nosniff
is "no referrer" "$(header Referrer-Policy "$U/")" no-referrer
is "connections are kept" "$(curl -s -o /dev/null -o /dev/null -w '%{num_connects} ' "$U/" "$U/feed.xml")" "1 0 "

# Publishing goes on meanwhile: a reader sees the old page or the new one.
echo '<p>New.</p>' >"$P/public/new" && mv "$P/public/new" "$P/public/index.html"
is "a new page is seen at once" "$(curl -s "$U/")" "<p>New.</p>"
is "its ETag is new" "$([ "$(header ETag "$U/")" != "$etag" ] && echo differs)" differs
broken=0
(for i in $(seq 200); do
        { echo begin; yes "line $((i % 2))" | head -n 2000; echo end; } >"$P/public/n" && mv "$P/public/n" "$P/public/page.html"
done) &
writer=$!
until_true 5 test -e "$P/public/page.html"
while kill -0 $writer 2>/dev/null; do
        page=$(curl -s "$U/page.html")
        case $page in
        begin*end) ;;
        *) broken=$((broken + 1)) ;;
        esac
        [ "$(printf '%s\n' "$page" | sort -u | wc -l)" -eq 3 ] || broken=$((broken + 1))
done
is "no reader sees half a page" $broken 0
mv "$P/public" "$P/public.old"
is "the whole folder may go" "$(code "$U/")" 404
mv "$P/public.old" "$P/public"
is "and come back" "$(code "$U/")" 200

is "no edition yet: unwell" "$(code "$U/healthz")" 503
has "and why" "$(curl -s "$U/healthz")" '"why":"no edition was printed yet"'
has "which stage last did what" "$(curl -s "$U/healthz")" '"name":"serve","state":"running"'
is "health is never kept" "$(header Cache-Control "$U/healthz")" no-store

# The door by which a reader leaves: only POST opens it.
"$BULLDOG" -C "$P" subscribers add reader@mail.example >/dev/null
token=$(token_of "$P" reader@mail.example)
is "a scanner that follows the link changes nothing" "$(code "$U/u/$token")" 200
has "it is asked" "$(curl -s "$U/u/$token")" '<form method="post">'
has "still subscribed" "$("$BULLDOG" -C "$P" subscribers list)" "active       reader@mail.example"
is "what may be done there is said" "$(header Allow -X PUT -d x "$U/u/$token")" "GET, HEAD, POST"
is "a token that is none is not known" "$(code -X POST -d x "$U/u/"$'\xff\xfe')" 404
is "too large a body is refused" "$(head -c 3000000 /dev/zero | code -X POST --data-binary @- -H 'Expect:' "$U/u/$token")" 413
is "one of untold size too" "$(head -c 100000 /dev/zero | code -X POST -T - -H 'Expect:' "$U/u/$token")" 413
is "one without end is cut off" "$(code -m 20 -X POST -T /dev/zero -H 'Expect:' "$U/u/$token")" 000
has "and they changed nothing" "$("$BULLDOG" -C "$P" subscribers list)" "active       reader@mail.example"
is "a link that was cut off is told" "$(code -X POST -d List-Unsubscribe=One-Click "$U/u/${token%?}")" 404
is "a mail program's button works" "$(code -X POST -d List-Unsubscribe=One-Click "$U/u/$token")" 200
has "unsubscribed" "$("$BULLDOG" -C "$P" subscribers list)" "unsubscribed reader@mail.example"
is "as multipart, and again" "$(code -F List-Unsubscribe=One-Click "$U/u/$token")" 200
is "the page is never kept" "$(header Cache-Control "$U/u/$token")" no-store

# Someone holds the store for long (an import, a backup): the site goes on.
if [ -z "${BULLDOG_TEST_PG:-}" ]; then
        hold="sqlite3 $P/bulldog.db"
        begin="BEGIN IMMEDIATE; SELECT 1;"
else
        hold="psql -qXAt $(sed -n 's/^ *url = "\(postgres[^"]*\)";/\1/p' "$P/bulldog.conf")"
        begin="BEGIN; SELECT 1 FROM (SELECT id FROM subscriber FOR UPDATE) s;"
fi
"$BULLDOG" -C "$P" subscribers add second@mail.example >/dev/null
token=$(token_of "$P" second@mail.example)
mkfifo "$T/hold"
$hold <"$T/hold" >"$T/held" 2>&1 &
pids="$pids $!"
exec 8>"$T/hold"
echo "$begin" >&8
until_true 10 grep -q 1 "$T/held"
t0=$SECONDS
code -X POST -d List-Unsubscribe=One-Click "$U/u/$token" >"$T/code" &
post=$!
sleep 0.2
is "the front page while the store is held" "$(code "$U/")" 200
is "comes soon" "$([ $((SECONDS - t0)) -le 6 ] && echo soon)" soon
wait $post
is "who wants to leave is asked to come again" "$(cat "$T/code")" 503
echo "COMMIT;" >&8
exec 8>&-
check "and then it works" until_true 10 sh -c "curl -sf -X POST -d x '$U/u/$token' | grep -q 'You are unsubscribed'"

kill -TERM $serve
wait $serve
is "SIGTERM ends it well" $? 0

# Clients that trickle hold no place for ever; and a low soft limit of open files is raised.
# (Under valgrind a program may not raise it.)
slow || ulimit -Sn 64
"$BULLDOG" -C "$P" -o site.listen=127.0.0.1:0 -o site.connections=150 serve >"$T/serve2.log" 2>&1 &
serve=$!
pids="$pids $serve"
ulimit -Sn 1024
until_true 10 grep -q 'The site is at' "$T/serve2.log"
is "it is up" "$(grep -c 'The site is at' "$T/serve2.log")" 1
U=$(sed -n 's|.*\(http://[0-9.:]*\)/.*|\1|p' "$T/serve2.log")
port=${U##*:}
open=
answered=0
for i in $(seq 100); do
        exec {fd}<>"/dev/tcp/127.0.0.1/$port"
        open="$open $fd"
        printf 'GET /feed.xml HTTP/1.1\r\nHost: x\r\n\r\n' >&"$fd"
        read -r -t 5 line <&"$fd" && [ "${line%% 200*}" = HTTP/1.1 ] && answered=$((answered + 1))
done
is "a hundred readers at once are answered" $answered 100
for i in $(seq 100); do
        exec {fd}<>"/dev/tcp/127.0.0.1/$port"
        open="$open $fd"
        printf 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ' >&"$fd"
done
(trap '' PIPE
        while sleep 1; do for fd in $open; do printf a >&"$fd"; done; done 2>/dev/null) &
slow=$!
check "slow clients keep nobody out" curl -sf -m 30 -o /dev/null "$U/"
kill $slow
wait $slow 2>/dev/null
for fd in $open; do exec {fd}>&-; done
kill -TERM $serve
wait $serve
is "SIGTERM ends it well again" $? 0

"$BULLDOG" -C "$P" -o site.listen=nowhere serve >"$T/out" 2>&1
is "a wrong address is refused" $? 65
has "and named" "$(cat "$T/out")" "site.listen"
finish
