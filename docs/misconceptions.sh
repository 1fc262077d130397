#!/bin/sh
# misconceptions.sh [LIST FILE]: makes docs/misconceptions.md of
# docs/misconceptions.txt, or FILE of LIST.  Of a program it looks up the check
# that it fails first and words of the message (its first line, which `make
# matrix` proves), and the section of the lesson that names it.  What cannot be
# found is a failure.

set -eu
cd "$(dirname "$0")/.."
list=${1:-docs/misconceptions.txt} out=${2:-docs/misconceptions.md}
work=$(mktemp "${TMPDIR:-/tmp}/proclab-misconceptions.XXXXXX")
trap 'rm -f "$work"' EXIT
export LC_ALL=C.UTF-8

cat >"$work" <<'HEAD'
# Misconceptions and the programs that show them

What students believe about processes that is not so, and for each a program
that is written that way. It lies in `chapters/*/wrong/`; its first lines say
which checks it fails and which words of their messages it gets, and `make
matrix` tests that it does. To see what a student would see, grade it as a
submission:

```console
$ mkdir -p try/02-spawning
$ cp chapters/02-spawning/wrong/downloads.no_wait.c try/02-spawning/downloads.c
$ build/proclab grade try downloads
...
```

Lesson, check and message are those of the first program. Return values that
nobody looks at show where a scenario makes the call fail, and mistakes in the
order of things where a schedule brings that order about.

This page is made by `docs/misconceptions.sh` of `docs/misconceptions.txt`.
HEAD
# The lessons first, then the programs, then the list.
awk '
    function fail(what) { print "misconceptions.sh: " what >"/dev/stderr"; bad = 1 }
    # As GitHub makes it of a heading.
    function anchor(heading,   a) {
        a = tolower(heading)
        gsub(/[^a-z0-9 _-]/, "", a)
        gsub(/ /, "-", a)
        return a
    }
    function link(p) { return "[" p "](../" path[p] ")" }
    function row(belief, programs,   n, i, p, name, cells) {
        n = split(programs, name, " ")
        p = name[1]
        for (i = 1; i <= n; i++)
            if (!(name[i] in path))
                fail(belief ": there is no wrong program " name[i])
        if (belief == "" || n == 0 || check[p] == "" || words[p] == "``" ||
            section[p] == "")
            fail("an empty cell: " belief " | " section[p] " | " p \
                 " | " check[p] " | " words[p])
        cells = "| " belief " | " section[p] " | " check[p] " | " words[p] " |"
        for (i = 1; i <= n; i++)
            cells = cells (i > 1 ? "," : "") " " link(name[i])
        print cells " |"
    }
    FILENAME ~ /README\.md$/ {
        if (/^#+ /) { heading = $0; sub(/^#+ /, "", heading) }
        rest = $0
        while (match(rest, /[a-z_]+\.[a-z0-9_]+\.c/)) {
            p = substr(rest, RSTART, RLENGTH - 2)
            if (!(p in section))
                section[p] = "[" heading "](../" FILENAME "#" anchor(heading) ")"
            rest = substr(rest, RSTART + RLENGTH)
        }
        next
    }
    FILENAME ~ /\.c$/ {
        if (FNR == 1) {
            p = FILENAME
            sub(/.*\//, "", p); sub(/\.c$/, "", p)
            path[p] = FILENAME
        }
        if (/^\/\/ fails: / && !(p in check)) {
            check[p] = "`" substr($3, 1, length($3) - 1) "`"
            words[p] = substr($0, index($0, "\"") + 1)
            sub(/ *" *$/, "", words[p])
            sub(/^ +/, "", words[p])
            gsub(/\|/, "\\|", words[p])
            words[p] = "`" words[p] "`"
        }
        next
    }
    /^#/ || /^$/ { next }
    /^= / {
        printf "\n## %s\n\n", substr($0, 3)
        print "| what is believed | lesson | check | its message says | programs |"
        print "|---|---|---|---|---|"
        next
    }
    { split($0, part, / *\| */); row(part[1], part[2]) }
    END { exit bad }
' chapters/*/README.md chapters/*/wrong/*.c "$list" >>"$work"
cp "$work" "$out"
