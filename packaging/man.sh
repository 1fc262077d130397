#!/bin/sh
# man.sh PROCLAB DIR: writes the man pages, proclab(1) and one a command, into
# DIR.  What they say is what --help says; help2man(1) sets it.
#
#   man.sh --list PROCLAB    their names only

set -eu
list=
[ "${1-}" != --list ] || { list=y; shift; }
[ -x "${1-}" ] && [ -n "${2-}$list" ] ||
    { echo "usage: man.sh PROCLAB DIR | man.sh --list PROCLAB" >&2; exit 2; }
proclab=$1

# "grade a submission" for grade; the table of commands is that of --help.
summaries()
{
    "$proclab" --help | sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) *\(.*\)/\1 \2/p'
}

if [ -n "$list" ]; then
    echo proclab.1
    summaries | sed 's/ .*//; s/.*/proclab-&.1/'
    exit
fi
dir=$2
version=$("$proclab" --version | sed 's/^proclab //')
work=$(mktemp -d "${TMPDIR:-/tmp}/proclab-man.XXXXXX")
trap 'rm -rf "$work"' EXIT
mkdir -p "$dir"
# By this name it speaks of itself.
ln -s "$(cd "$(dirname "$proclab")" && pwd)/$(basename "$proclab")" \
    "$work/proclab"
PATH=$work:$PATH

# page NAME SUMMARY SEE-ALSO COMMAND...
page()
{
    name=$1 summary=$2 see=$3
    shift 3
    # help2man makes the title of the first word of the usage.
    printf '[NAME]\n%s \\- %s\n\n[SEE ALSO]\n%s\n' \
        "$name" "$summary" "$see" >"$work/include"
    help2man --no-info --no-discard-stderr --section=1 --manual=proclab \
        --source="proclab $version" --version-string="proclab $version" \
        --include="$work/include" "$*" |
        sed "/^\.TH/s/TH [^ ]*/TH $(printf %s "$name" | tr a-z A-Z)/" \
            >"$work/page"
    cp "$work/page" "$dir/$name.1"
}

also=$(summaries | sed 's/ .*//; s/.*/.BR proclab-& (1),/' | sed '$s/,$//')
page proclab 'exercises on Unix processes, and a grader that watches the kernel' \
    "$also" proclab
summaries | while read -r command summary; do
    page "proclab-$command" "$summary" '.BR proclab (1)' proclab "$command"
done
