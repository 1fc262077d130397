#!/bin/sh
# demo.sh PROCLAB: what `make demo` shows.  Grades the starters, the solutions
# and a class of three made-up students, and draws the timeline of one run.

set -eu
[ -x "${1-}" ] || { echo "usage: demo.sh PROCLAB" >&2; exit 2; }
PATH=$(cd "$(dirname "$1")" && pwd):$PATH
cd "$(dirname "$0")/.."
repository=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-demo.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

title()
{
    printf '\n== %s\n\n' "$*"
}

# Says a command and runs it.
show()
{
    echo "\$ $*"
    "$@"
}

# student NAME: a directory as `proclab new` makes it.
student()
{
    proclab new "$work/$1" >/dev/null
}

# hand_in NAME SOURCE CHAPTER EXERCISE: as the student's work.
hand_in()
{
    cp "$2" "$work/$1/$3/$4.c"
}

# wrong CHAPTER EXERCISE: a program with a mistake, or else the starter.
wrong()
{
    for program in "chapters/$1/wrong/$2".*.c "chapters/$1/starter/$2.c"; do
        [ -e "$program" ] && echo "$program" && return
    done
}

# Ada has nearly all, Brook half, Casey little and a file that does not
# compile.  What they hand in are the chapters' own solutions, starters and
# wrong programs.
make_class()
{
    student ada
    student brook
    student casey
    n=0
    for solution in chapters/*/solution/*.c; do
        chapter=$(basename "${solution%/solution/*}")
        exercise=$(basename "$solution" .c)
        mistake=$(wrong "$chapter" "$exercise")
        hand_in ada "$solution" "$chapter" "$exercise"
        case $((n % 4)) in
        0) hand_in brook "$solution" "$chapter" "$exercise"
           hand_in casey "$mistake" "$chapter" "$exercise" ;;
        1) hand_in brook "$mistake" "$chapter" "$exercise"
           echo 'int main(void) { return forty_two }' \
               >"$work/casey/$chapter/$exercise.c" ;;
        2) hand_in brook "$solution" "$chapter" "$exercise" ;;
        esac
        n=$((n + 1))
    done
    hand_in ada "$mistake" "$chapter" "$exercise"
}

title "The starters: what a student begins with earns nothing"
show proclab list starter
title "The solutions: every point"
show proclab list solutions

title "A made-up class of three"
make_class
cd "$work"
show proclab list ada
for name in brook casey; do
    echo
    show proclab list "$name"
done

title "What one of them is told"
show proclab grade brook || [ $? -eq 1 ]

title "A run, with what the kernel saw"
cp "$repository/chapters/02-spawning/solution/downloads.c" .
show gcc -std=gnu17 -D_GNU_SOURCE -g -Og downloads.c -o downloads
show proclab run ./downloads 2 5 3 2>&1
