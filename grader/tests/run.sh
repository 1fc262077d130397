#!/bin/sh
# run.sh BUILD: runs every Check suite and the scripts of foreign programs, two
# at a time, and adds up what Check says.  Those that need the longest begin
# first.  How long each took stands behind it, in seconds.
set -u
build=$1
here=$(dirname "$0")
export PROCLAB_SUBJECTS="$build/subjects"
out=$(mktemp -d) || exit 1
trap 'rm -rf "$out"' EXIT
long="matrix cli class subjects killed scripts soak mutants"
suites=$("$build/unit-tests" --list | grep -vxF "$(printf "%s\n" $long)") || exit 1
printf "%s\n" $long $suites |
    xargs -P "$(nproc)" -I {} sh -c '
        begin=$(date +%s)
        case $1 in
        scripts) "$4/foreign/scripts.sh" "$2/proclab" --short ;;
        *) "$2/unit-tests" "$1" ;;
        esac >"$3/$1" 2>&1 || touch "$3/$1.failed"
        grep -v -e "^[0-9]*%: Checks" -e "^Running suite" "$3/$1" >&2
        took=$(($(date +%s) - begin))
        grep "^[0-9]*%: Checks" "$3/$1" | sed "s/^/  $1: /; s/$/  ($took s)/"
    ' sh {} "$build" "$out" "$here"
cat "$out"/* | awk -F '[ ,:]+' '
    /^[0-9]+%: Checks/ { n += $3; bad += $5 + $7 }
    END { printf "%d passed, %d failed\n", n - bad, bad; exit bad > 0 || n == 0 }
' && [ -z "$(find "$out" -name '*.failed')" ]
