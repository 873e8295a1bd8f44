#!/usr/bin/env bash
# Articles that their page doesn't hold whole: over several pages, or told better in another form of the page.
. "$(dirname "$0")/../lib/wire.sh"

mkdir "$T/files"
wire --files "$T/files"

words="tells at some length how the ferry came to run again, who paid for it, and what the harbour's people think of the new hours."
# page NAME HEAD TEXT...: a page of paragraphs, each begun with its words
page()
{
        local name=$1 head=$2 p
        shift 2
        {
                printf '<!doctype html><html lang="en"><head><title>A page</title>%s</head><body>' "$head"
                printf '<nav><a href="/">Home</a></nav><article><h1>A page</h1><p>The lead stands on every page and %s</p>' "$words"
                for p; do printf '<p>%s %s</p>' "$p" "$words"; done
                printf '</article><footer>All rights reserved</footer></body></html>'
        } >"$T/files/$name"
        echo "text/html; charset=utf-8" >"$T/files/$name.type"
}
excerpt() # NAME HEAD
{
        printf '<html lang="en"><head><title>An excerpt</title>%s</head><body><article><h1>An excerpt</h1><p>%s</p></article></body></html>' \
                "$2" "Only the first sentence of the article is here, as the rest of it comes by a script that we don't run." >"$T/files/$1"
        echo text/html >"$T/files/$1.type"
}
next() # NAME
{
        printf '<link rel="next" href="%s">' "$1"
}

page long.html "$(next long-2.html)" First Second
page long-2.html "$(next long-3.html)" Third
page long-3.html '' Fourth
page torn.html "$(next torn-2.html)" First Second
page same.html "$(next 'same.html?page=2')" First Second
page blog-12.html "$(next blog-13.html)" First
page blog-13.html '' Another
excerpt amp.html '<link rel="amphtml" href="amp-full.html">'
page amp-full.html '' First Second
excerpt print.html '<link rel="amphtml" href="/bad/pages/closed.html"><link rel="alternate" media="print" href="print-full.html">'
page print-full.html '' First
excerpt alone.html '<link rel="amphtml" href="nowhere.html">'
excerpt far.html '<link rel="amphtml" href="http://other.example/far.html">'
{
        printf '<rss version="2.0"><channel><title>T</title><link>/</link>'
        for name in long torn same blog-12 amp print alone far; do
                printf '<item><title>%s</title><link>/files/%s.html</link></item>' "$name" "$name"
        done
        printf '</channel></rss>'
} >"$T/files/feed.xml"

P=$T/parts
press "$P"
b "$P" feeds add --no-fetch "${FRONT}files/feed.xml" >/dev/null
b "$P" gather --json >"$T/out" 2>"$T/err" || not_ok "gather ends well: $(cat "$T/err")"

# The first words of an article's paragraphs, and what is told of it.
told()
{
        query "$P" "SELECT text FROM article WHERE url LIKE '%/files/$1.html'" | grep . | cut -d' ' -f1,2 | tr '\n' ';'
        query "$P" "SELECT state, COALESCE(outcome, '') FROM article WHERE url LIKE '%/files/$1.html'"
}

is "three pages are one article, its lead once" "$(told long)" "The lead;First tells;Second tells;Third tells;Fourth tells;read|"
is "a page that is missing is told" "$(told torn)" \
        "The lead;First tells;Second tells;read|its page 2 is missing: its page answered 404"
is "a page that comes again is not taken twice" "$(told same)" "The lead;First tells;Second tells;read|"
is "the next article is another article" "$(told blog-12)" "The lead;First tells;read|"
is "an excerpt is read in its other form" "$(told amp)" "The lead;First tells;Second tells;read|"
is "or the next, where robots.txt closes one" "$(told print)" "The lead;First tells;read|"
is "an excerpt without another form stays what it is" "$(told alone)" "Only the;read|"
is "other sites are not asked for it" "$(told far)" "Only the;read|"
is "each counts as one page" "$(count pages "$(cat "$T/out")")" 8

finish
