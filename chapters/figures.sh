#!/bin/sh
# figures.sh PROCLAB [DIR]: makes the lessons' programs, outputs, transcripts
# and timelines again, from the files and from runs of them.  Writes the
# lessons in place, or to DIR/CHAPTER/README.md.
#
# A lesson's own programs are CHAPTER/programs/NAME.c.  All of them are
# compiled, and a warning is an error.
#
# A marker stands in front of each fenced block:
#
#   <!-- program: NAME -->         the text of programs/NAME.c
#   <!-- output: NAME ARG... -->   what that program prints; options of
#                                  `proclab run` may stand before NAME
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

# The programs run where their chapter's files are, in a copy.
prepare()
{
    mkdir "$work/$1"
    find "$1" -maxdepth 1 -type f -exec cp {} "$work/$1" \;
    cp -R "$1/programs" "$work/$1"
    for program in "$1"/programs/*.c "$1"/solution/*.c; do
        $CC "$program" -o "$work/$1/$(basename "$program" .c)"
    done
}

# fill README: with fresh blocks, to standard output.  What execvp(3) says of a
# program that is not there depends on PATH: a directory that may not be
# searched makes it "Permission denied".
fill()
{
    PATH=/usr/local/bin:/usr/bin:/bin awk '
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
    # With the options that stand before the program or its arguments.
    function observe(program, args, streams,    options) {
        while (match(args, /^--[a-z]+ [^ ]+ /)) {
            options = options substr(args, 1, RLENGTH)
            args = substr(args, RLENGTH + 1)
        }
        run("$PROCLAB run " options "-- ./" program args " " streams)
    }
    function body(kind, args) {
        if (kind == "program")
            run("cat programs/" args ".c")
        if (kind == "output")
            observe("", args, "2>/dev/null")
        if (kind == "script")
            run("cat " args)
        if (kind == "transcript")
            observe(exercise " ", args, "2>/dev/null")
        if (kind == "timeline")
            observe(exercise " ", args, "2>&1 >/dev/null")
    }
    /^## Task: / { exercise = $3 }
    /^<!-- (program|output|script|transcript|timeline): .* -->$/ {
        kind = $2
        sub(/:$/, "", kind)
        args = $0
        sub(/^<!-- [a-z]+: (programs\/)?/, "", args)
        sub(/ -->$/, "", args)
        print
        next
    }
    kind && !inside && /^```/ {
        print
        inside = 1
        body(kind, args)
        next
    }
    inside && /^```$/ {
        inside = 0
        kind = ""
    }
    inside { next }
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
