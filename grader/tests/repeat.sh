#!/bin/sh
# repeat.sh PROCLAB N DIR [EXERCISE...]: grades the solutions, and a submission of a wrong
# program for each exercise, N times each, while every CPU has other work to
# do.  The same bytes must come out each time; else the first pair that differs
# stays in DIR, with a diff, and the status is 1.

set -eu
[ $# -ge 3 ] ||
    { echo "usage: repeat.sh PROCLAB N DIR [EXERCISE...]" >&2; exit 2; }
proclab=$1
n=$2
saved=$3
shift 3
exercises=$*
repository=$(dirname "$0")/../..
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-repeat.XXXXXX")
trap 'rm -rf "$work"; kill $load 2>/dev/null || :' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP

# A wrong program for each exercise; the middle one of its list, to have other
# mistakes than just the first of the alphabet.
make_wrong()
{
    for solution in "$repository"/chapters/*/solution/*.c; do
        chapter=${solution%/solution/*}
        exercise=$(basename "$solution" .c)
        set -- "$chapter/wrong/$exercise".*.c
        shift $(($# / 2))
        mkdir -p "$work/mistaken/${chapter##*/}"
        cp "$1" "$work/mistaken/${chapter##*/}/$exercise.c"
    done
}

# Keeps a CPU busy until this script is gone, however that ends.
burn()
{
    while kill -0 $$ 2>/dev/null; do :; done
}

# grade NAME STATUS DIRECTORY: into the file NAME, which is kept if the status
# is another one.
grade()
{
    status=0
    # shellcheck disable=SC2086  # a list of words
    "$proclab" grade "$3" $exercises --seed 5 --format json -o "$work/$1" || status=$?
    [ $status != "$2" ] || return 0
    mkdir -p "$saved"
    cp "$work/$1" "$saved" 2>/dev/null || :
    [ ! -e "$work/${1%.first}.first" ] || cp "$work/${1%.first}.first" "$saved"
    echo "$1: status $status in place of $2; see $saved" >&2
    exit 1
}

# same NAME: whether the grading NAME came out as the first one.
same()
{
    cmp -s "$work/$1.first" "$work/$1" && return
    mkdir -p "$saved"
    cp "$work/$1.first" "$work/$1" "$saved"
    diff -u "$saved/$1.first" "$saved/$1" >"$saved/$1.diff" || :
    echo "$1: grading $i differs from the first one: $saved/$1.diff" >&2
    head -n 40 "$saved/$1.diff" >&2
    exit 1
}

# Observed runs of a grading: every scenario under every schedule.
count_runs()
{
    awk '/"schedules":/ { schedules = $2 + 0 }
         /"schedule": "child-first"/ { n++ }
         END { print n * schedules }' "$work/solutions.first"
}

make_wrong
load=
for _ in $(seq "$(nproc)"); do
    burn &
    load="$load $!"
done
grade solutions.first 0 "$repository/solutions"
grade wrong.first 1 "$work/mistaken"
i=1
while [ "$i" -lt "$n" ]; do
    i=$((i + 1))
    grade solutions 0 "$repository/solutions"
    same solutions
    grade wrong 1 "$work/mistaken"
    same wrong
    [ ! -t 2 ] || printf '\r%d of %d' "$i" "$n" >&2
done
[ ! -t 2 ] || printf '\r\033[K' >&2
runs=$(($(count_runs) * n * 2))
echo "$((n * 2)) gradings with $runs observed runs: the same bytes"
