#!/bin/sh
# check-links.sh: looks whether what a Markdown file of this repository links
# to is there: files, and headings behind a '#'.  Links to the web are not
# tried.  Status 1 and a line for each that is not.

set -eu
cd "$(dirname "$0")/.."

# Files that belong to the repository, or, without git, all that are below it.
pages()
{
    { git ls-files -co --exclude-standard -- '*.md' 2>/dev/null ||
        find . -name .git -prune -o -path './build*' -prune -o \
            -name '*.md' -print; } | sed 's,^\./,,' | sort -u |
        while read -r page; do [ -f "$page" ] && echo "$page"; done
}

# Lines "heading FILE ANCHOR" and "link FILE LINE TARGET", none of fenced or
# indented code.
read_page()
{
    awk -v page="$1" "$(cat docs/paths.awk)"'
    /^ *(```|~~~)/ { fenced = !fenced; next }
    fenced || /^    / { next }
    /^#+ / { print "heading", page, anchor_of($0, seen) }
    {
        line = $0
        gsub(/`[^`]*`/, "", line)
        while (match(line, /\]\([^) ]+[^)]*\)/)) {
            target = substr(line, RSTART + 2, RLENGTH - 3)
            sub(/ .*/, "", target)
            print "link", page, NR, target
            line = substr(line, RSTART + RLENGTH)
        }
    }' "$1"
}

found=$(pages | while read -r page; do read_page "$page"; done)
printf '%s\n' "$found" | awk "$(cat docs/paths.awk)"'
function complain(text) {
    print where[i] ": " text
    bad++
}
$1 == "heading" { anchors[$2 "#" $3] = 1 }
$1 == "link" && $4 !~ /^[a-z]+:/ {
    where[++n_links] = $2 ":" $3
    page[n_links] = $2
    target[n_links] = $4
}
END {
    for (i = 1; i <= n_links; i++) {
        path = anchor = target[i]
        sub(/#.*/, "", path)
        if (!sub(/^[^#]*#/, "", anchor))
            anchor = ""
        file = resolve(page[i], path)
        if (file == "" || system("test -e \"" file "\"") != 0)
            complain("there is no " target[i])
        else if (anchor != "" && file ~ /\.md$/ && !((file "#" anchor) in anchors))
            complain(file " has no heading #" anchor)
    }
    printf "%d links in Markdown files, %d lead nowhere\n", n_links, bad
    exit bad > 0
}'
