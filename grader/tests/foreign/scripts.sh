#!/bin/bash
# scripts.sh PROCLAB [--short] [PART...]: runs each script of scripts/ natively
# and observed: by both clocks and under several schedules.  What it prints and
# how it ends has to be the same.  A script whose tools are not there is left
# out, and that is said.  PART: only scripts with that in their names.
set -u
here=$(cd "$(dirname "$0")" && pwd)
proclab=$(realpath "$1"); shift
modes=("--schedule=child-first" "--schedule=parent-first" "--seed=1" "--seed=2"
       "--seed=3" "--schedule=free" "--clock=real")
if [ "${1-}" = --short ]; then
    modes=("--schedule=child-first" "--seed=1")
    shift
fi
work=$(mktemp -d) || exit 1
trap 'rm -rf "$work"' EXIT
failed=0 same=0 left_out=0

lacks() # SCRIPT
{
    for tool in $(sed -n 's/^# needs: //p' "$1"); do
        PATH=$PATH:/usr/sbin:/sbin command -v "$tool" >/dev/null ||
            { echo "$tool"; return; }
    done
}

# A directory of its own, and nothing of our environment.
run() # OUT COMMAND...
{
    local out=$1; shift
    mkdir "$work/dir"
    (cd "$work/dir" && exec env -i HOME="$work/dir" LANG=C.UTF-8 TERM=dumb \
        PATH=/usr/sbin:/usr/bin:/sbin:/bin timeout -k 5 120 "$@") \
        </dev/null >"$out" 2>&1
    echo "status $?" >>"$out"
    rm -rf "$work/dir"
}

compare() # SCRIPT NAME
{
    for mode in "${modes[@]}"; do
        run "$work/observed" "$proclab" run -q "$mode" -- "$1"
        if cmp -s "$work/native" "$work/observed"; then
            same=$((same + 1))
            continue
        fi
        echo "FAILS: $2 $mode"
        diff "$work/native" "$work/observed" | head -n 20
        failed=$((failed + 1))
    done
}

for script in "$here"/scripts/*; do
    name=${script##*/}
    [[ $# = 0 || $name = *${1-}* ]] || continue
    tool=$(lacks "$script")
    if [ -n "$tool" ]; then
        echo "left out, as there is no $tool: $name"
        left_out=$((left_out + 1))
        continue
    fi
    run "$work/native" "$script"
    compare "$script" "$name"
done
echo "scripts: $same runs as natively, $failed not; $left_out scripts left out"
# As Check says it.
all=$((same + failed))
echo "$((all ? 100 * same / all : 0))%: Checks: $all, Failures: $failed, Errors: 0"
[ $failed = 0 ] && [ $same -gt 0 ]
