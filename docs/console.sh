#!/bin/bash
# console.sh [-o DIR] PROCLAB [PAGE...]: runs the commands that pages show (all
# pages that do, unless some are named) and puts what they print today into the
# pages, in place or below DIR.
#
# A page shows them in blocks that begin with ```console: a line "$ COMMAND",
# what it printed, the next command, and so on.  A line "..." stands for any
# lines.  All of a page are run one after the other in one shell, in a directory
# that looks like a clone of this repository with build/proclab in it.  In front
# of a block may stand
#
#   <!-- before: COMMAND -->     what is run without being shown
#   <!-- not run: WHY -->        this block is not run; check-commands.sh lists
#                                them
#   <!-- needs: TOOL -->         nor is this one where there is no such program
#
# and in front of any other block
#
#   <!-- file: PATH -->          it becomes this file
#   <!-- append: PATH -->        it is added at the end of this file
#   <!-- insert: PATH before WORDS -->
#                                in front of the first line that has these words
#
# A page that changes and builds the repository has a line <!-- clone: copy -->
# and gets a copy, with all that is built.
#
# A command that is used wrongly (status 2), that makes the grader give up (3)
# or that cannot be run (125 to 127) is an error.

set -eu
one= out=
[ "${1-}" != --page ] || { one=$2; shift 2; }
[ "${1-}" != -o ] || { out=$2; shift 2; }
[ -x "${1-}" ] ||
    { echo "usage: docs/console.sh [-o DIR] PROCLAB [PAGE...]" >&2; exit 2; }
proclab=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
shift
[ -z "$out" ] || out=$(mkdir -p "$out" && cd "$out" && pwd)
cd "$(dirname "$0")/.."
repository=$PWD
export LC_ALL=C.UTF-8 NO_COLOR=1
unset MAKEFLAGS MAKELEVEL COLUMNS

# clone: a directory like one of this repository, in which files can be made.
clone()
{
    mkdir -p proclab/build
    if grep -qx '<!-- clone: copy -->' "$repository/$page"; then
        find "$repository" -mindepth 1 -maxdepth 1 ! -name .git \
            ! -name 'build*' -exec cp -a {} proclab/ \;
        cp -a "$(dirname "$proclab")"/{obj,proclab} proclab/build/
        ! grep -q __asan_init "$proclab" || export SAN=1
    else
        ln -s "$repository"/* proclab/ 2>/dev/null || :
        ln -s "$proclab" proclab/build/proclab
    fi
    cd proclab
    PATH=$PWD/build:$PATH HOME=$work/home
}

# insert FILE WORDS: standard input, in front of the line that has them.
insert()
{
    awk -v words="$2" '
        FNR == NR { block = block $0 "\n"; next }
        index($0, words) && !done { printf "%s", block; done = 1 }
        { print }
        END { exit !done }' - "$1" >"$work/inserted" &&
        cp "$work/inserted" "$1" ||
        { echo "$1 does not say: $2"; return 2; }
}

# run_all: each N.run of $work, into N.out.
run_all()
{
    mkdir "$work/home" "$work/place"
    cd "$work/place"
    clone
    set +eu
    last=0
    for ((n = 1; ; n++)); do
        [ -e "$work/$n.run" ] || break
        (exit "$last")
        eval "$(<"$work/$n.run")" >"$work/$n.out" 2>&1 </dev/null
        last=$?
        case $last in
        2 | 3 | 125 | 126 | 127)
            echo "$page: status $last: $(<"$work/$n.run")"
            cat "$work/$n.out"
            return 1 ;;
        esac
    done >&2
}

if [ -n "$one" ]; then
    page=$one
    work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-console.XXXXXX")
    trap 'rm -rf "$work"' EXIT
    chmod 755 "$work"
    awk -v work="$work" -f docs/console.awk "$page"
    (run_all)
    awk -v work="$work" -v fill=1 -f docs/console.awk "$page" >"$work/page"
    mkdir -p "${out:-.}/$(dirname "$page")"
    cmp -s "$work/page" "${out:-.}/$page" || cp "$work/page" "${out:-.}/$page"
    exit
fi

[ $# -gt 0 ] || {
    pages=$(grep -lE '^```console$' README.md docs/*.md starter/README.md \
        solutions/README.md)
    mapfile -t pages <<<"$pages"
    set -- "${pages[@]}"
}
printf '%s\n' "$@" | xargs -P "$(nproc)" -I {} \
    "$repository/docs/console.sh" --page {} ${out:+-o "$out"} "$proclab"
