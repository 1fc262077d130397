#!/bin/sh
# figures.sh PROCLAB [DIR]: makes the lessons' transcripts, timelines and
# outputs again, from runs of the programs they show.  Writes the lessons in
# place, or to DIR/CHAPTER/README.md.
#
# A marker stands in front of each fenced block:
#
#   <!-- program: NAME -->         a whole program; it is compiled
#   <!-- output: NAME -->          what that program prints
#   <!-- script: FILE -->          a file of the chapter
#   <!-- transcript: ARG... -->    what the solution of the task prints, and
#   <!-- timeline: ARG... -->      what happens meanwhile; options of `proclab
#                                  run` may stand first
#
# The task is that of the heading above, `## Task: EXERCISE`.

set -eu
[ -x "${1-}" ] || { echo "usage: figures.sh PROCLAB [DIR]" >&2; exit 2; }
PROCLAB=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
out=${2-}
[ -z "$out" ] || out=$(mkdir -p "$out" && cd "$out" && pwd)
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-figures.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
export PROCLAB LC_ALL=C.UTF-8 NO_COLOR=1
CC="${CC:-gcc} -std=gnu17 -D_GNU_SOURCE -O1 -Wall -Wextra -Werror -pthread"
export CC

# The programs run where their chapter's files are, in a copy.
prepare()
{
    mkdir "$work/$1"
    find "$1" -maxdepth 1 -type f -exec cp {} "$work/$1" \;
    for solution in "$1"/solution/*.c; do
        $CC "$solution" -o "$work/$1/$(basename "$solution" .c)"
    done
}

# fill README: with fresh blocks, to standard output
fill()
{
    awk '
    # Prints what a command prints; it has to print something.
    function run(command,    line, lines) {
        while ((command | getline line) > 0) {
            print line
            lines++
        }
        close(command)
        if (!lines) {
            print FILENAME ":" NR ": nothing comes from: " command >"/dev/stderr"
            failed = 1
        }
    }
    function observe(args, streams,    options) {
        while (match(args, /^--[a-z]+ [^ ]+ /)) {
            options = options substr(args, 1, RLENGTH)
            args = substr(args, RLENGTH + 1)
        }
        run("$PROCLAB run " options "-- ./" exercise " " args " " streams)
    }
    function body(kind, args) {
        if (kind == "output")
            run("$CC " args ".c -o " args " && $PROCLAB run -q ./" args)
        if (kind == "script")
            run("cat " args)
        if (kind == "transcript")
            observe(args, "2>/dev/null")
        if (kind == "timeline")
            observe(args, "2>&1 >/dev/null")
    }
    /^## Task: / { exercise = $3 }
    /^<!-- (program|output|script|transcript|timeline): .* -->$/ {
        kind = $2
        sub(/:$/, "", kind)
        args = $0
        sub(/^<!-- [a-z]+: /, "", args)
        sub(/ -->$/, "", args)
        print
        next
    }
    kind && !inside && /^```/ {
        print
        inside = 1
        if (kind != "program")
            body(kind, args)
        next
    }
    inside && /^```$/ {
        if (kind == "program")
            close(args ".c")
        inside = 0
        kind = ""
    }
    inside && kind == "program" { print >(args ".c") }
    inside && kind != "program" { next }
    { print }
    END { exit failed || inside }' "$1"
}

for chapter in [0-9]*; do
    prepare "$chapter"
    (cd "$work/$chapter" && fill README.md >README.new)
    to=${out:-.}/$chapter
    mkdir -p "$to"
    cmp -s "$work/$chapter/README.new" "$to/README.md" ||
        cp "$work/$chapter/README.new" "$to/README.md"
done
