#!/bin/sh
# build.sh BUILD: makes one site of all that is written, BUILD/docs, with
# Doxygen: the handbooks, lessons and decisions, which are Markdown, and what
# the headers say.  Begin with index.html; it needs no network.  Any warning of
# Doxygen is an error, and so is a link within the site that leads nowhere.

set -eu
[ $# -eq 1 ] || { echo "usage: docs/build.sh BUILD" >&2; exit 2; }
for tool in doxygen dot; do
    command -v $tool >/dev/null || {
        echo "docs: $tool is missing; packaging/setup.sh --for docs" >&2
        exit 1
    }
done
mkdir -p "$1"
build=$(cd "$1" && pwd)
out=$build/docs
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-docs.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
awesome=${AWESOME:-/usr/share/doxygen-awesome-css}

pages="README.md CHANGELOG.md starter/README.md solutions/README.md
$(ls docs/*.md docs/decisions/*.md chapters/*/README.md)"

# The text of a page's first heading, and its name in the site.
title()
{
    sed -n '/^# /{s///;s/`//g;p;q;}' "$1"
}

label()
{
    echo "$1" | awk "$(cat docs/paths.awk)"'{ print label_of($0) }'
}

# stage PAGE: as Doxygen wants it, below $work/in.
stage()
{
    mkdir -p "$work/in/$(dirname "$1")"
    # Contents stand beside the text, where a wide table needs the room.
    toc=$(awk '/^ *```/ { code = !code } !code && /^## / { n++ }
        /^(\|[^|]*)(\|[^|]*)(\|[^|]*)(\|[^|]*)(\|[^|]*)\|/ { wide = 1 }
        END { print (n > 3 && !wide && FILENAME != "README.md") }' "$1")
    awk -v page="$1" -v toc="$toc" -v files="$work/files.$n" \
        -v sources="$work/sources.$n" \
        -f docs/paths.awk -f docs/site/page.awk "$1" >"$work/in/$1"
}

# stage_sources FILE...: a page each for what pages link to.
stage_sources()
{
    for source; do
        dirname "$work/in/$source"
    done | sort -u | xargs mkdir -p
    awk -v out="$work/in" "$(cat docs/paths.awk)"'
        function finish() {
            if (file)
                print "```" >file
            close(file)
        }
        FNR == 1 {
            finish()
            file = out "/" FILENAME ".md"
            name = FILENAME
            sub(/.*\//, "", name)
            printf "# %s {#%s}\n\n``%s``\n\n```{.c}\n", name, \
                label_of(FILENAME), FILENAME >file
        }
        { print >file }
        END { finish() }' "$@"
}

# tabs TITLE PAGE...: a part of the navigation; the first page opens it.
tabs()
{
    printf '<tab type="usergroup" url="%s.html" title="%s">\n' \
        "$(label "$2")" "$1"
    shift
    for page; do
        printf '<tab type="user" url="%s.html" title="%s"/>\n' \
            "$(label "$page")" "$(title "$page" | sed 's/:.*//; s/ and the .*//')"
    done
    echo '</tab>'
}

layout()
{
    echo '<doxygenlayout version="1.0"><navindex>'
    echo '<tab type="mainpage" title="proclab"/>'
    tabs 'For students' docs/students.md docs/tour.md docs/gallery.md \
        docs/misconceptions.md docs/glossary.md docs/howto-inject-faults.md \
        starter/README.md
    tabs Lessons chapters/*/README.md
    tabs 'For instructors' docs/instructors.md docs/a-course-of-four-weeks.md \
        docs/instructors-exercises.md docs/howto-grade-a-class.md \
        docs/howto-show-a-verdict-again.md solutions/README.md
    tabs 'For developers' docs/architecture.md docs/how-time-works.md \
        docs/how-schedules-work.md docs/howto-add-*.md \
        docs/howto-test-at-length.md docs/transparency.md \
        docs/what-observing-costs.md CHANGELOG.md
    tabs Decisions docs/decisions/README.md docs/decisions/0*.md
    echo '<tab type="files" title="API"><tab type="filelist" title="Headers"/>'
    echo '<tab type="globals" title="Index"/></tab>'
    echo '</navindex></doxygenlayout>'
}

# Links within the site that lead nowhere.
check_links()
{
    (cd "$out" && find . -type f | sed 's,^\./,file ,' &&
        grep -oE '(href|src)="[^"]*"' ./*.html) |
        sed -E 's/^\.\/([^:]*):(href|src)="(.*)"$/\1 \3/' | sort -u >"$work/links"
    awk -v out="$out" '
    # The names in a page, looked up once.
    function names(file,    line, name) {
        if (file in read)
            return
        read[file] = 1
        while ((getline line < (out "/" file)) > 0)
            while (match(line, /(id|name)="[^"]*"/)) {
                name = substr(line, RSTART, RLENGTH)
                gsub(/^[a-z]*="|"$/, "", name)
                there[file, name] = 1
                line = substr(line, RSTART + RLENGTH)
            }
        close(out "/" file)
    }
    pass == 1 && $1 == "file" { exists[$2] = 1 }
    pass == 1 || $1 == "file" || $2 ~ /^[a-z]+:/ || $2 == "#" { next }
    {
        file = name = $2
        sub(/[#?].*/, "", file)
        if (file == "")
            file = $1
        bad = !(file in exists)
        if (!bad && sub(/^[^#]*#/, "", name)) {
            names(file)
            bad = !((file, name) in there)
        }
        if (bad) {
            print "docs: " $1 " links to " $2 ", which is not there"
            status = 1
        }
    }
    END { exit status }' pass=1 "$work/links" pass=2 "$work/links" >&2
}

n=0
for page in $pages; do
    n=$((n + 1))
    stage "$page"
done
# shellcheck disable=SC2046  # words
stage_sources $(cat "$work"/sources.* | sort -u)
layout >"$work/layout.xml"
modules=$(find grader -mindepth 1 -maxdepth 1 -type d \
    ! -name cli ! -name tests | sort | tr '\n' ' ')
rm -rf "$out"
mkdir -p "$out"
cat docs/site/Doxyfile - >"$work/Doxyfile" <<END
PROJECT_NUMBER   = $(sed -n 's/^VERSION *:= *//p' Makefile)
INPUT            = $work/in $modules
STRIP_FROM_PATH  = $work/in grader
STRIP_FROM_INC_PATH = grader
INCLUDE_PATH     = grader
OUTPUT_DIRECTORY = $out
LAYOUT_FILE      = $work/layout.xml
HTML_EXTRA_STYLESHEET = $awesome/doxygen-awesome.css docs/site/style.css
EXCLUDE          = $work/in/docs/site
WARN_LOGFILE     = $work/warnings
END
doxygen "$work/Doxyfile"
if [ -s "$work/warnings" ]; then
    sed "s,$work/in/,,; s,$PWD/,," "$work/warnings" >&2
    exit 1
fi
cat "$work"/files.* | sort -u | while read -r file; do
    mkdir -p "$out/$(dirname "$file")"
    cp "$file" "$out/$file"
done
check_links
echo "docs: $(ls "$out"/*.html | wc -l) pages, begin with" "$1/docs/index.html"
