#!/bin/sh
# stops.sh BUILD PROGRAM [ARG...]: counts the stops of a run of the program, by
# kind, and the system calls by which the observer looks into what it observes.
# These numbers depend neither on the machine nor on what else it does, as its
# waiting and polling is left out.  Needs strace.
set -eu
[ $# -ge 2 ] || { echo "usage: bench/stops.sh BUILD PROGRAM [ARG...]" >&2; exit 2; }
command -v strace >/dev/null || { echo "stops: strace is missing" >&2; exit 3; }
proclab=$1/proclab
numbers=/usr/include/x86_64-linux-gnu/asm/unistd_64.h
shift
log=$(mktemp "${TMPDIR:-/tmp}/proclab-stops.XXXXXX")
trap 'rm -f "$log"' EXIT

# What is traced here is the observer, not what it observes.
strace -v -o "$log" "$proclab" run -q -- "$@" >/dev/null

name_of()
{
    awk -v n="$1" '$1 == "#define" && $3 == n { print substr($2, 6) }' "$numbers"
}

awk '
    /^wait4.*= [1-9][0-9]*$/ {
        entry = 0
        kind = "signal"
        if (match($0, /PTRACE_EVENT_[A-Z_]+/))
            kind = substr($0, RSTART + 13, RLENGTH - 13)
        else if (/WIFEXITED|WIFSIGNALED/)
            kind = "death"
        else if (/SIGTRAP *\| *0x80/)
            kind = "end-of-call"
        entry = kind == "SECCOMP"
        if (!entry)
            n[kind]++
        all++
    }
    entry && /NT_PRSTATUS/ && match($0, /orig_rax=[0-9a-fx]+/) {
        n[substr($0, RSTART + 9, RLENGTH - 9)]++
        entry = 0
    }
    END {
        for (kind in n)
            print n[kind], kind
        print all, "all"
    }' "$log" | sort -rn | while read -r n kind; do
    case $kind in
    [0-9]*) kind="entry of $(name_of $((kind)))" ;;
    esac
    printf '%8d %s\n' "$n" "$kind"
done
echo 'calls of the observer, without waiting:'
sed -n 's/^\([a-z_0-9]*\)(.*/\1/p' "$log" |
    grep -Ev '^(wait4|sched_yield|pread64|rt_sigtimedwait|clock_.*)$' |
    sort | uniq -c | sort -rn | head -n 8
