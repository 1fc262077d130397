#!/bin/sh
# build.sh BUILD: makes web pages of what is written in Markdown, below
# BUILD/docs.  Begin with index.html; each page stands by itself and needs no
# network.

set -eu
[ $# -eq 1 ] || { echo "usage: docs/build.sh BUILD" >&2; exit 2; }
if ! command -v pandoc >/dev/null; then
    echo "docs: pandoc is missing. As root, type" >&2
    echo "    apt-get install pandoc" >&2
    exit 1
fi
mkdir -p "$1"
out=$(cd "$1" && pwd)/docs
cd "$(dirname "$0")/.."
rm -rf "$out"
mkdir -p "$out/docs/figures"
trap 'rm -f "$out/index.md"' EXIT

# The text of a page's first heading.
title()
{
    sed -n '/^# /{s///;s/`//g;p;q;}' "$1"
}

# page FROM TO: TO is below $out.
page()
{
    to=$out/$2
    mkdir -p "$(dirname "$to")"
    root=$(dirname "$2" | sed 's,^\.$,,; s,[^/][^/]*,..,g; s,.$,&/,')
    pandoc --from gfm --to html5 --standalone --self-contained \
        --template docs/page.html --lua-filter docs/links.lua \
        --css report/page.css --resource-path "$(dirname "$1")" \
        --variable "root=$root" \
        --metadata "pagetitle=$(title "$1")" "$1" --output "$to"
}

# list FILE...: links to them, as Markdown.
list()
{
    for file; do
        echo "- [$(title "$file")]($file)"
    done
    echo
}

index()
{
    printf '# proclab\n\nExercises in C on Unix processes, and a grader that '
    printf 'watches the kernel instead of the output.\n\n## For everyone\n\n'
    list README.md CHANGELOG.md
    printf '## Lessons\n\n'
    list chapters/*/README.md
    printf '## For students and instructors\n\n'
    list starter/README.md solutions/README.md \
        docs/howto-show-a-verdict-again.md docs/howto-grade-a-class.md \
        docs/howto-inject-faults.md docs/a-course-of-four-weeks.md \
        docs/instructors-exercises.md \
        docs/gallery.md docs/misconceptions.md
    printf '## For developers\n\n'
    list docs/architecture.md docs/how-time-works.md \
        docs/how-schedules-work.md docs/howto-add-*.md \
        docs/howto-test-at-length.md docs/transparency.md \
        docs/what-observing-costs.md
    printf '## Decisions\n\n'
    list docs/decisions/0*.md
}

for file in *.md docs/*.md docs/decisions/*.md chapters/*/README.md \
    starter/README.md solutions/README.md; do
    page "$file" "${file%.md}.html"
done
index >"$out/index.md"
page "$out/index.md" index.html
cp LICENSE "$out/"
cp docs/figures/*.c "$out/docs/figures/"
echo "docs: $(find "$out" -name '*.html' | wc -l) pages, begin with" \
    "$1/docs/index.html"
