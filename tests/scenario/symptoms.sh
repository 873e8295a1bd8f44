#!/usr/bin/env bash
# What readers of other programs complain of, one by one. Those that are all in one function are units: symptom_... in tests/unit.
. "$(dirname "$0")/../lib/wire.sh"

mkdir "$T/files"
wire --files "$T/files"

# fresh NAME FEED...: a press that reads those of files/
fresh()
{
        P=$T/$1
        shift
        press "$P"
        for f; do b "$P" feeds add --no-fetch "${FRONT}$f" >/dev/null; done
}
# rss ITEMS...: a feed around them
rss()
{
        printf '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" xmlns:media="http://search.yahoo.com/mrss/"><channel>'
        printf '<title>T</title><link>http://gazette.example/</link>%s</channel></rss>\n' "$*"
}
item() # TITLE LINK [MORE]
{
        printf '<item><title>%s</title><link>%s</link>%s</item>' "$1" "$2" "${3:-}"
}
all()
{
        b "$P" -o wire.pages=0 gather --all >/dev/null 2>"$T/err" || not_ok "gather: $(cat "$T/err")"
}
articles()
{
        query "$P" "SELECT ${1:-COUNT(*)} FROM article ${2:-}"
}

# 1: a host that wants peace is left in peace, ever longer, and is never given up.
fresh s1 bad/429/feed.xml bad/503/feed.xml
waits=
for _ in 1 2 3 4 5; do
        all
        waits="$waits $(query "$P" "SELECT due_at - checked_at FROM feed WHERE url LIKE '%/429/%'")"
done
is "symptom_1_ever_longer" "$(echo "$waits" | tr ' ' '\n' | grep . | sort -nuc 2>&1)" ""
more "symptom_1_by_doubling" "$(echo "$waits" | awk '{ print int($5 / $1) }')" 10
more "symptom_1_as_long_as_it_asked_for" "$(query "$P" "SELECT due_at - checked_at FROM feed WHERE url LIKE '%/429/%'")" 120
is "symptom_1_never_given_up" "$(query "$P" "SELECT COUNT(*) FROM feed WHERE state = 'active' AND failures = 5")" 2
is "symptom_1_not_all_at_one_second" "$(query "$P" 'SELECT COUNT(DISTINCT due_at) FROM feed')" 2

# ... and its feeds are asked one by one, with a pause between that is no clockwork's; another host's need not wait for them.
P=$T/s1b
press "$P"
for name in ok no-dates same-guid; do
        b "$P" feeds add --no-fetch "http://one.example/bad/$name/feed.xml" >/dev/null
        b "$P" feeds add --no-fetch "http://$name.example/bad/ok/feed.xml" >/dev/null
done
began=$(date +%s%N)
b "$P" -o "wire.proxy=${FRONT%/}" -o wire.delay=1s -o wire.pages=0 gather >/dev/null
ms=$((($(date +%s%N) - began) / 1000000))
more "symptom_1_spacing_by_host ($ms ms)" "$ms" 2000
slow || more "symptom_1_other_hosts_do_not_wait ($ms ms)" $((4900 - ms)) 0
is "symptom_1_all_of_them_are_read" "$(query "$P" 'SELECT COUNT(*) FROM feed WHERE failures = 0 AND ok_at IS NOT NULL')" 6

# 2: both validators are sent back as they were; a 304 that lies is found out.
fresh s2 bad/strict/feed.xml
all
all
is "symptom_2_both_verbatim" "$(query "$P" 'SELECT outcome FROM feed')" "not changed (304)"
fresh s2b bad/liar/feed.xml
all
for _ in $(seq 22); do all; done
is "symptom_2_believed_for_a_time" "$(query "$P" 'SELECT outcome, unchanged FROM feed')" "not changed (304)|22"
all
all
like "symptom_2_then_found_out" 'had said "not changed" \(304\) when it had: read whole from now on' "$(query "$P" 'SELECT outcome FROM feed')"
all
is "symptom_2_and_believed_no_more" "$(articles)" 5

# 3: we say who we are and what we want; who shuts us out is named as such.
fresh s3 bad/picky/feed.xml bad/403/feed.xml
all
is "symptom_3_honest_headers" "$(query "$P" "SELECT outcome FROM feed WHERE url LIKE '%picky%'")" "3 items, 3 new"
is "symptom_3_told_as_closed" "$(query "$P" "SELECT fault FROM feed WHERE url LIKE '%/403/%'")" closed

# 4: the same article under another guid, scheme or title is the same article.
fresh s4 files/dup.xml
rss "$(item One http://gazette.example/one '<guid>1</guid>')" "$(item Two http://gazette.example/two '<guid>2</guid>')" \
        "$(item Three '' '<guid isPermaLink="false">3</guid>')" >"$T/files/dup.xml"
all
rss "$(item One http://gazette.example/one '<guid>1-b</guid>')" "$(item 'Two, edited' http://gazette.example/two '<guid>2</guid>')" \
        "$(item Three '' '<guid isPermaLink="false">3</guid>')" >"$T/files/dup.xml"
all
is "symptom_4_guid_and_title_change" "$(articles) $(articles title "WHERE url LIKE '%two'")" "3 Two, edited"
rss "$(item One https://www.gazette.example/one/ '<guid>x</guid>')" "$(item 'Two, edited' https://gazette.example/two '<guid>x</guid>')" \
        "$(item Four http://gazette.example/four '<guid>x</guid>')" >"$T/files/dup.xml"
all
is "symptom_4_https_and_one_guid_for_all" "$(articles)" 4

# 5: one story in two feeds, with what counts readers.
fresh s5 files/a.xml files/b.xml
rss "$(item One 'http://gazette.example/one?utm_source=rss&amp;utm_medium=feed')" >"$T/files/a.xml"
rss "$(item One 'http://gazette.example/one?utm_campaign=home&amp;fbclid=1')" "$(item Two 'http://gazette.example/two?id=7')" >"$T/files/b.xml"
all
is "symptom_5_across_feeds" "$(articles 'url' 'ORDER BY url')" "http://gazette.example/one
http://gazette.example/two?id=7"

# 6: zones by name, by number, none; the future.
fresh s6 files/dates.xml
i=0
items=
for d in 'Thu, 05 Mar 2026 12:00:00 EST' 'Thu, 05 Mar 2026 12:00:00 PST' 'Thu, 05 Mar 2026 12:00:00 GMT+7' 'Thu, 05 Mar 2026 12:00:00' \
        'Thu, 05 Mar 2026 12:00:00 +0530' 'Sat, 05 Mar 2050 12:00:00 GMT'; do
        i=$((i + 1))
        items="$items$(item "D$i" "http://gazette.example/d$i" "<pubDate>$d</pubDate>")"
done
rss "$items" >"$T/files/dates.xml"
all
is "symptom_6_zones" "$(articles "title || ' ' || ((published_at - 1772668800) / 60)" "WHERE title < 'D6' ORDER BY title")" "D1 1020
D2 1200
D3 300
D4 720
D5 390"
is "symptom_6_the_future_is_now_for_order" "$(articles "dated_at - 1772776800" "WHERE title = 'D6'")" 0

# 7: no date means when we first saw it, once.
fresh s7 files/dateless.xml
rss "$(item One http://gazette.example/one)" >"$T/files/dateless.xml"
all
rss "$(item One http://gazette.example/one)" "$(item Two http://gazette.example/two)" >"$T/files/dateless.xml"
NOW=2026-03-06T09:00:00Z all
is "symptom_7_first_seen_not_now" "$(articles "title || ' ' || (dated_at - 1772776800)" 'ORDER BY title')" "One 0
Two 10800"
is "symptom_7_published_stays_unknown" "$(articles 'COUNT(*)' 'WHERE published_at IS NULL')" 2

# 8: encodings: the header against the prolog, a nickname, controls, bytes that are none.
fresh s8 files/header.xml files/nick.xml files/control.xml files/broken.xml
printf '<?xml version="1.0" encoding="iso-8859-1"?><rss><channel><item><title>Caf\xc3\xa9 eins</title></item></channel></rss>' >"$T/files/header.xml"
echo 'application/rss+xml; charset=utf-8' >"$T/files/header.xml.type"
printf '<?xml version="1.0" encoding="utf8"?><rss><channel><item><title>Caf\xc3\xa9 zwei</title></item></channel></rss>' >"$T/files/nick.xml"
echo 'text/xml; charset=utf8' >"$T/files/nick.xml.type"
printf '<rss><channel><item><title>Caf\xc3\xa9\x0b\x01 drei</title></item></channel></rss>' >"$T/files/control.xml"
printf '<rss><channel><item><title>Caf\xc3\xa9 \xc3( vier</title></item></channel></rss>' >"$T/files/broken.xml"
all
is "symptom_8_encodings" "$(articles title 'ORDER BY title' | grep -c '^Café')" 4

# 9: titles escaped twice, with HTML; addresses relative to their own base.
fresh s9 files/titles.xml
rss "$(item 'Fish &amp;amp; chips' /one)" "$(item '&lt;b&gt;Bold&lt;/b&gt; words' http://gazette.example/two)" \
        "$(item 'The &amp;lt;video&amp;gt; tag' http://gazette.example/three)" >"$T/files/titles.xml"
all
is "symptom_9_titles" "$(articles title 'ORDER BY title')" "Bold words
Fish & chips
The <video> tag"
is "symptom_9_relative_links" "$(articles url "WHERE title LIKE 'Fish%'" | sed 's|127.0.0.1:[0-9]*|HOST|')" "http://HOST/one"

# 10: the picture is only in an enclosure, or in media.
fresh s10 files/media.xml
rss "$(item One http://gazette.example/one '<enclosure url="http://gazette.example/1.jpg" type="image/jpeg" length="9"/>')" \
        "$(item Two http://gazette.example/two '<media:content url="http://gazette.example/2.jpg" medium="image"/>')" \
        "$(item Three http://gazette.example/three '<media:group><media:thumbnail url="http://gazette.example/3.jpg"/></media:group>')" \
        >"$T/files/media.xml"
all
is "symptom_10_pictures" "$(articles image 'ORDER BY image')" "http://gazette.example/1.jpg
http://gazette.example/2.jpg
http://gazette.example/3.jpg"

# And: a move that is permanent sticks, with care, and makes nothing new of what we have; a move that was a mistake is undone.
fresh moved bad/301/feed.xml
all
all
is "symptom_301_not_at_once" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/301/feed.xml"
all
is "symptom_301_sticks" "$(query "$P" 'SELECT url FROM feed') $(articles)" "${FRONT}bad/ok/feed.xml 3"
all
is "symptom_301_what_we_have_stays" "$(articles)" 3
fresh house bad/moving/feed.xml
for _ in 1 2 3; do all; done
is "symptom_301_moved" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/new-house/feed.xml"
for _ in 1 2 3; do all; done
is "symptom_301_undone" "$(query "$P" 'SELECT url FROM feed')" "${FRONT}bad/moving/feed.xml"

# And: a fragment, or the words before a paywall, are not taken for the article.
words() # N: so many sentences
{
        local i
        for i in $(seq "$1"); do printf 'Dockworkers returned to the harbour on day %d, and the cranes moved again. ' "$i"; done
}
page() # NAME BODY [HEAD]
{
        printf '<html><head><title>%s</title>%s</head><body><article><h1>%s</h1>%s</article></body></html>' "$1" "${3:-}" "$1" "$2" \
                >"$T/files/$1.html"
        echo 'text/html; charset=utf-8' >"$T/files/$1.html.type"
}
fresh fragment files/pages.xml
page fragment "<p>$(words 2)</p><p>Read more</p>"
page paywall "<p>$(words 4)</p><div class=\"paywall\">Subscribe to read on</div>" \
        '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
page whole "<p>$(words 9)</p><p>$(words 9)</p>"
now='<pubDate>Fri, 06 Mar 2026 05:00:00 GMT</pubDate>'
rss "$(item Fragment "${FRONT}files/fragment.html" "$now<description>$(words 5)</description>")" \
        "$(item Paywall "${FRONT}files/paywall.html" "$now<description>$(words 1)</description>")" \
        "$(item Whole "${FRONT}files/whole.html" "$now<description>$(words 1)</description>")" >"$T/files/pages.xml"
b "$P" gather >/dev/null
is "symptom_fragment_the_feeds_words_are_kept" "$(articles 'state, outcome, length' "WHERE title = 'Fragment'")" \
        "thin|its page says no more than the feed|$(articles 'length(text)' "WHERE title = 'Fragment'")"
has "symptom_fragment_all_of_them" "$(articles text "WHERE title = 'Fragment'")" "on day 5"
is "symptom_fragment_a_paywall_is_told" "$(articles outcome "WHERE title = 'Paywall'")" "there is more for those who pay"
is "symptom_fragment_a_whole_one_is_not" "$(articles "state, COALESCE(outcome, '')" "WHERE title = 'Whole'")" "read|"

# And: a size that the owner sets, both ways; memory that a large one does not take.
fresh size files/size.xml
rss "$(for i in $(seq 40); do item "Item $i" "http://gazette.example/$i"; done)" >"$T/files/size.xml"
b "$P" -o wire.feed_max=1kB gather >/dev/null
like "symptom_size_refused_above_the_limit" '^over 1 kB, given up' "$(query "$P" 'SELECT outcome FROM feed')"
b "$P" -o wire.feed_max=1MB gather --all >/dev/null
like "symptom_size_read_below_it" '^40 items' "$(query "$P" 'SELECT outcome FROM feed')"
# big MEGABYTES: a feed of so many, each item with as many words
big()
{
        awk -v mb="$1" 'BEGIN {
                print "<rss><channel><title>The long cast</title>"
                while (n++ < 9000) words = words "tide "
                for (n = 0; n < mb * 22; n++)
                        printf "<item><title>Part %d</title><guid>%d</guid><description>%s</description></item>\n", n, n, words
                print "</channel></rss>"
        }'
}
fresh cast files/cast.xml
big 26 >"$T/files/cast.xml"
/usr/bin/time -f '%M' -o "$T/memory" "$BULLDOG" -C "$P" -o wire.allow=127.0.0.1 -o wire.pages=0 --now "$NOW" gather >/dev/null
like "symptom_size_a_podcast_of_26_MB_is_read" '^572 items, 572 new$' "$(query "$P" 'SELECT outcome FROM feed')"
! is_plain || more "symptom_size_in_bounded_memory" $((196608 - $(tail -n 1 "$T/memory"))) 0
big 50 >"$T/files/cast.xml"
b "$P" -o wire.pages=0 gather --all >/dev/null
like "symptom_size_one_of_50_MB_is_not" '^over 32 MB, given up' "$(query "$P" 'SELECT outcome FROM feed')"
b "$P" -o wire.pages=0 -o wire.feed_max=64MB gather --all >/dev/null
like "symptom_size_unless_its_owner_wants_it" '^1100 items, 528 new' "$(query "$P" 'SELECT outcome FROM feed')"
rm "$T/files/cast.xml"

finish
