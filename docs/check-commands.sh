#!/bin/sh
# check-commands.sh PROCLAB: looks whether what pages tell people to type is
# there.  In text, a command of proclab has to know the options beside it, and a
# target of make has to be in a Makefile.  A command line in a block has to be
# one that console.sh runs (```console), or be marked there as not run.  Status
# 1 and a line for each that is not; prints what is not run, and why.

set -eu
[ -x "${1-}" ] || { echo "usage: check-commands.sh PROCLAB" >&2; exit 2; }
proclab=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/.."

# The gallery is made by a script, from what is really said.
pages="README.md starter/README.md solutions/README.md
$(ls docs/*.md | grep -v "/gallery[.]md$" || :)"

# Lines "option COMMAND OPTION" and "target NAME": what there is.
known()
{
    "$proclab" --help |
        sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p' |
        while read -r command; do
            "$proclab" "$command" --help | grep -oE -e '--?[a-zA-Z][a-z-]*' |
                sed "s/^/option $command /"
        done
    sed -n 's/^\([a-z-]*\):.*/target \1/p' Makefile starter/Makefile
}

{ known; echo pages; } | awk -v pages="$pages" '
function complain(text) {
    print page ":" line_number ": " text
    bad++
}
# proclab COMMAND ...: what stands in a code span.
function look_at_proclab(words, n,    i, command, option) {
    command = words[2]
    if (command !~ /^[a-z]+$/)
        return
    if (!(command in commands)) {
        complain("there is no proclab " command)
        return
    }
    for (i = 3; i <= n; i++) {
        if (words[i] == "--" || words[i] ~ /^\.\//)
            return
        option = words[i]
        sub(/[=[].*/, "", option)
        if (option ~ /^-/ && !((command, option) in options))
            complain("proclab " command " knows no " option)
    }
}
function look_at_make(words, n,    i) {
    for (i = 2; i <= n; i++)
        if (words[i] ~ /^[a-z][a-z-]*$/ && !(words[i] in targets) &&
            words[i] !~ /^(test|run)-/)
            complain("there is no make " words[i])
}
function look_at(span,    words, n) {
    n = split(span, words, /[ \t]+/)
    if (words[1] == "proclab" || words[1] == "build/proclab")
        look_at_proclab(words, n)
    if (words[1] == "make")
        look_at_make(words, n)
}
# The code spans of a paragraph, which may go over its lines.
function look_at_text(    parts, n, i) {
    n = split(text, parts, "`")
    for (i = 2; i <= n; i += 2)
        look_at(parts[i])
    text = ""
}
function look_at_block(line) {
    sub(/^ *(\$ )?/, "", line)
    if (line ~ /^(proclab|build\/|make|packaging\/|grader\/|bench\/|docs\/|git|gcc|cp|ln|mkdir|sudo|apt-get|PROCLAB_[A-Z]*=|ONLY=)( |[a-z\/._-]*( |$))/)
        complain("not run: " line)
}
function read_page(    line, inside, kind, why, list) {
    line_number = 0
    while ((getline line < page) > 0) {
        line_number++
        if (line ~ /^<!-- not run: .* -->$/) {
            why = line
            gsub(/^<!-- not run: | -->$/, "", why)
        }
        if (line ~ /^```/) {
            look_at_text()
            inside = !inside
            kind = line
            if (!inside)
                why = ""
            continue
        }
        if (inside && kind == "```console") {
            if (why != "" && line ~ /^\$ /)
                print page ": not run (" why "): " substr(line, 3)
        } else if (inside)
            look_at_block(line)
        else if (line ~ /^    / && !list)
            look_at_block(line)
        else {
            if (line == "")
                look_at_text()
            if (line ~ /^[^ ]/)
                list = line ~ /^([-*]|[0-9]+\.) /
            text = text " " line
        }
    }
    look_at_text()
    close(page)
}
$1 == "option" { commands[$2] = options[$2, $3] = 1 }
$1 == "target" { targets[$2] = 1 }
END {
    n = split(pages, list, /[ \n]+/)
    for (i = 1; i <= n; i++) {
        page = list[i]
        read_page()
    }
    exit bad > 0
}'
