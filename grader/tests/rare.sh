#!/bin/sh
# rare.sh BUILD SEEDS NATIVE: in how many of SEEDS gradings is each program
# caught that is wrong under rare orders only (its first line is `// rare: ARGS`),
# how often shows the command at the end of its message the failure again, and
# how often does it fail in NATIVE native runs with ARGS?  Those are compared
# with the solution's: lines (in any order), last line, exit status.
# Writes BUILD/rare.md; exit status 1 if one of them is caught in fewer than 9 of
# 10, or once not shown again.  How often it is wrong natively depends on what
# else the machine has to do: on an idle one, in fewer than 1 of 100.
set -u
build=$(realpath "$1") seeds=$2 native=$3
cd "$(dirname "$0")/../.." || exit 1
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
export work build
jobs=$(nproc)
proclab=$build/proclab
export proclab

# One grading: a line "caught", or "shown" if the command shows it again.
cat >"$work/grade.sh" <<'END'
seed=$1 dir=$2 check=$3 # one of these: a|b
again=$("$proclab" grade "$dir" --seed "$seed" -j 1 2>/dev/null |
    sed -nE "s/^ *again *(.* --check ($check) .*)/\1/p" | head -n 1)
[ -n "$again" ] || exit 0
if sh -c "$again" 2>/dev/null | grep -q '✗'; then echo shown; else echo caught; fi
END
# One native run: "wrong" if it differs.
cat >"$work/native.sh" <<'END'
nth=$1 program=$2 solution=$3
shift 3
one() {
    timeout -s KILL 20 "$@" </dev/null 2>/dev/null
    echo "status $?"
}
one "$program" "$@" >"$program.$nth.is"
[ -f "$solution.is" ] || one "$solution" "$@" >"$solution.is"
for f in "$program.$nth" "$solution"; do
    (sort "$f.is"; tail -n 2 "$f.is") >"$f.sorted"
done
cmp -s "$program.$nth.sorted" "$solution.sorted" || echo wrong
END

printf '| program | caught | shown again | natively wrong |\n|---|---|---|---|\n' \
    >"$work/table"
failed=0
for file in chapters/*/wrong/*.c; do
    args=$(sed -n '1s|^// rare: ||p' "$file")
    [ -n "$args" ] || continue
    name=$(basename "$file" .c) chapter=$(basename "$(dirname "${file%/wrong/*}/x")")
    exercise=${name%%.*}
    checks=$(sed -nE 's,^// (may )?fails?: ([a-z0-9_]*):.*,\2,p' "$file" |
        paste -s -d '|')
    mkdir -p "$work/$name/$chapter"
    cp "$file" "$work/$name/$chapter/$exercise.c"
    seq "$seeds" | xargs -P "$jobs" -I {} sh "$work/grade.sh" {} \
        "$work/$name" "$checks" >"$work/said"
    caught=$(wc -l <"$work/said") shown=$(grep -c shown "$work/said")
    gcc -std=gnu17 -g -Og -D_GNU_SOURCE "$file" -o "$work/$name/program" || exit 1
    gcc -std=gnu17 -g -Og -D_GNU_SOURCE \
        "chapters/$chapter/solution/$exercise.c" -o "$work/$name/solution" || exit 1
    # shellcheck disable=SC2086
    [ "$native" = 0 ] || # the solution's
        sh "$work/native.sh" 0 "$work/$name/program" "$work/$name/solution" $args
    # shellcheck disable=SC2086
    wrong=$(seq "$native" | xargs -P 4 -I {} sh "$work/native.sh" {} \
        "$work/$name/program" "$work/$name/solution" $args | grep -c wrong)
    printf '| %s | %s of %s | %s | %s of %s |\n' "$name" "$caught" "$seeds" \
        "$shown" "$wrong" "$native" | tee -a "$work/table"
    if [ $((caught * 10)) -lt $((seeds * 9)) ] || [ "$shown" != "$caught" ]; then
        failed=1
    fi
done
cp "$work/table" "$build/rare.md"
exit $failed
