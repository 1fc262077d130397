#!/bin/sh
# run.sh BUILD: runs every Check suite, two at a time, and adds up what Check
# says.  The suites that need the longest begin first.
set -u
build=$1
export PROCLAB_SUBJECTS="$build/subjects"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
suites=$("$build/unit-tests" --list) || exit 1
printf '%s\n' "$suites" |
    xargs -P "$(nproc)" -I {} sh -c '
        "$2/unit-tests" "$1" >"$3/$1" 2>&1 || touch "$3/$1.failed"
        tail -n +2 "$3/$1" | grep -v "^[0-9]*%: Checks" >&2
        grep "^[0-9]*%: Checks" "$3/$1" | sed "s/^/  $1: /"
    ' sh {} "$build" "$out"
cat "$out"/* | awk -F '[ ,:]+' '
    /^[0-9]+%: Checks/ { n += $3; bad += $5 + $7 }
    END { printf "%d passed, %d failed\n", n - bad, bad; exit bad > 0 || n == 0 }
' && [ -z "$(find "$out" -name '*.failed')" ]
