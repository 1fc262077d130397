#!/bin/sh
# messages.sh PROCLAB FILE: what `proclab grade` says of each wrong program,
# one after the other, with the program's own explanation in front: to be read.

set -eu
[ -x "${1-}" ] && [ -n "${2-}" ] ||
    { echo "usage: messages.sh PROCLAB FILE" >&2; exit 2; }
PROCLAB=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
out=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
cd "$(dirname "$0")/.."
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-messages.XXXXXX")
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
export LC_ALL=C.UTF-8 NO_COLOR=1

# The comment behind the lines that foretell the failures.
explanation()
{
    awk '/^\/\// { if (!/^\/\/ (fails|may fail|rare):/) print; next } { exit }' "$1"
}

# message FILE: CHAPTER/wrong/EXERCISE.WHAT.c
message()
{
    chapter=$(basename "$(dirname "$(dirname "$1")")")
    name=$(basename "$1") exercise=$(basename "$1" | cut -d. -f1)
    rm -rf "$work/lab"
    mkdir -p "$work/lab/$chapter"
    cp "$1" "$work/lab/$chapter/$exercise.c"
    printf '\n## %s/%s\n\n' "$chapter" "${name%.c}"
    explanation "$1"
    printf '\n```\n'
    (cd "$work/lab" && "$PROCLAB" grade "$exercise") |
        sed "s|$PROCLAB|proclab|" || [ $? -eq 1 ]
    printf '```\n'
}

echo "# What the grader says of each wrong program" >"$work/all"
n=0 total=$(ls chapters/*/wrong/*.c | wc -l)
for file in chapters/*/wrong/*.c; do
    n=$((n + 1))
    [ ! -t 2 ] || printf '\r%d of %d' $n "$total" >&2
    message "$file" >>"$work/all"
done
[ ! -t 2 ] || printf '\r\033[K' >&2
cp "$work/all" "$out"
echo "$n programs: $2"
