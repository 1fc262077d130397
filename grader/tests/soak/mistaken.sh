#!/bin/sh
# mistaken.sh DIR SEED: makes DIR a submission with a wrong program for each
# exercise, which one says SEED.  Run from the repository's root.
set -eu
for solution in chapters/*/solution/*.c; do
    chapter=${solution%/solution/*}
    exercise=$(basename "$solution" .c)
    set -- "$1" "$2" "$chapter/wrong/$exercise".*.c
    dir=$1
    seed=$2
    shift 2
    shift $((seed % $#))
    mkdir -p "$dir/${chapter##*/}"
    cp "$1" "$dir/${chapter##*/}/$exercise.c"
    set -- "$dir" "$seed"
done
