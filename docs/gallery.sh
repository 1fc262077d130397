#!/bin/sh
# gallery.sh PROCLAB [FILE]: fills docs/gallery.md with what `proclab grade`
# says today of programs in chapters/*/wrong.  Writes it in place, or to FILE.
#
# People write the text.  A marker stands in front of each fenced block:
#
#   <!-- source: CHAPTER/PROGRAM N WORDS -->   N lines from the first that has
#                                              these words
#   <!-- message: CHAPTER/PROGRAM CHECK -->    what the failing check says

set -eu
[ -x "${1-}" ] || { echo "usage: gallery.sh PROCLAB [FILE]" >&2; exit 2; }
PROCLAB=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
out=${2-}
[ -z "$out" ] || out=$(cd "$(dirname "$out")" && pwd)/$(basename "$out")
cd "$(dirname "$0")"
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-gallery.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
export LC_ALL=C.UTF-8 NO_COLOR=1

die()
{
    echo "gallery.sh: $*" >&2
    exit 1
}

# program CHAPTER/PROGRAM: the path of its source.
program()
{
    echo "../chapters/${1%%/*}/wrong/${1#*/}.c"
}

# source CHAPTER/PROGRAM N WORDS...
source()
{
    file=$(program "$1") count=$2
    shift 2
    awk -v words="$*" -v n="$count" '
        !left && index($0, words) && !/^\/\// { left = n; found = 1 }
        left { line = sprintf("%3d  %s", NR, $0); sub(/ +$/, "", line); print line; if (--left == 0) exit }
        END { exit !found }
    ' "$file" || die "$file does not say: $*"
}

# message CHAPTER/PROGRAM CHECK: the lines from expected to hint.
message()
{
    file=$(program "$1")
    exercise=${1%%.*}
    mkdir -p "$work/$1/$(dirname "$exercise")"
    cp "$file" "$work/$1/$exercise.c"
    "$PROCLAB" grade "$work/$1" "$exercise" --check "$2" --format text \
        >"$work/said" || [ $? -eq 1 ] || die "cannot grade $file"
    awk '
        /^  ✗ / { sub(/ +[0-9]+\/[0-9]+$/, ""); title = $0; on = 1; next }
        on && /^ +lesson / { on = 0 }
        on && /^ / { if (title) print title; title = ""; print; found = 1 }
        END { exit !found }
    ' "$work/said" || die "$file does not fail $2"
}

# The blocks, one a file, in their order.
n=0
grep -E '^<!-- (source|message): .* -->$' gallery.md >"$work/markers"
while read -r _ kind args; do
    n=$((n + 1))
    # shellcheck disable=SC2086  # words
    "${kind%:}" ${args% -->} >"$work/block.$n"
done <"$work/markers"

awk -v work="$work" '
    inside && /^```/ { inside = 0 }
    inside { next }
    { print }
    /^<!-- (source|message): .* -->$/ { wanted = 1; next }
    wanted && /^```/ {
        file = work "/block." ++n
        while ((getline line < file) > 0)
            print line
        wanted = 0
        inside = 1
    }
' gallery.md >"$work/gallery.md"
cmp -s "$work/gallery.md" "${out:-gallery.md}" 2>/dev/null ||
    cp "$work/gallery.md" "${out:-gallery.md}"
