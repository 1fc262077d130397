#!/bin/sh
# pictures.sh PROCLAB [DIR]: makes the pictures that pages show, from real runs.
# Writes them in place, or below DIR.
#
# A marker in a page stands in front of each picture:
#
#   <!-- picture: KIND FILE WORDS... -->
#
# FILE is seen from the page.  KIND is one of
#
#   timeline, order, tree   of a run: WORDS are what `proclab run` is given, a
#                           program of the page or of its chapter
#   verdict, failure        what `proclab grade` says of a wrong program, and
#                           its failing run; WORDS are CHAPTER/PROGRAM CHECK
#
# Programs of a page are its blocks after `<!-- program: NAME -->`, the
# solutions of its chapter, and figures/*.c beside it (of README.md: docs/).

set -eu
[ -x "${1-}" ] || { echo "usage: pictures.sh PROCLAB [DIR]" >&2; exit 2; }
PATH=$(cd "$(dirname "$1")" && pwd):$PATH
out=${2-}
[ -z "$out" ] || out=$(mkdir -p "$out" && cd "$out" && pwd)
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-pictures.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
export LC_ALL=C.UTF-8 NO_COLOR=1
CC="${CC:-gcc} -std=gnu17 -D_GNU_SOURCE -O1 -Wall -Wextra -Werror -pthread"

die()
{
    echo "pictures.sh: $*" >&2
    exit 1
}

# programs PAGE DIR: compiles them into DIR, where the page's own files are too.
programs()
{
    from=$(dirname "$1")
    [ "$from" != . ] || from=docs
    find "$from" -maxdepth 1 -type f -exec cp {} "$2" \;
    awk -v dir="$2" '
        /^<!-- program: .* -->$/ { file = dir "/" $3 ".c"; next }
        file && /^```$/ { close(file); file = "" }
        file && !/^```/ { print >file }' "$1"
    for source in "$2"/*.c "$from"/solution/*.c "$from"/figures/*.c; do
        [ ! -f "$source" ] ||
            $CC "$source" -o "$2/$(basename "$source" .c)"
    done
}

# submission PROGRAM: a directory in which it is what was handed in.
submission()
{
    dir=$work/lab/$1
    mkdir -p "$dir/${1%%/*}"
    cp "chapters/${1%%/*}/wrong/${1#*/}.c" "$dir/${1%%.*}.c"
}

# picture PAGE TO KIND WORDS...: TO is the file; runs where programs are.
picture()
{
    page=$1 to=$2 kind=$3
    shift 3
    case $kind in
    timeline) (cd "$work/$page" && proclab run -q --svg "$to" "$@") ;;
    order | tree) (cd "$work/$page" && proclab run -q "--$kind-svg" "$to" "$@") ;;
    failure)
        submission "$1"
        (cd "$dir" && proclab grade --check "$2" --replay --svg "$to") ;;
    verdict)
        submission "$1"
        (cd "$dir" && proclab grade --check "$2") >"$work/said" ||
            awk -v command="proclab grade --check $2" -f docs/verdict.awk \
                "$work/said" >"$to" ;;
    *) die "$page: no kind of picture: $kind" ;;
    esac >/dev/null 2>"$work/err" || : # the program's own status
    [ -s "$to" ] || die "$page: $to is empty: $(cat "$work/err")"
}

for page in README.md docs/*.md docs/figures/*.md chapters/*/README.md; do
    grep -E '^<!-- picture: .* -->$' "$page" >"$work/markers" 2>/dev/null ||
        continue
    mkdir -p "$work/$page"
    programs "$page" "$work/$page"
    while read -r _ _ kind file words; do
        place=$(dirname "$page")/$file
        place=${place#./}
        mkdir -p "$work/new/$(dirname "$place")"
        # The words are quoted as in a shell.
        eval "picture \"\$page\" \"\$work/new/\$place\" $kind ${words% -->}"
        mkdir -p "${out:-.}/$(dirname "$place")"
        cmp -s "$work/new/$place" "${out:-.}/$place" ||
            cp "$work/new/$place" "${out:-.}/$place"
    done <"$work/markers"
done
