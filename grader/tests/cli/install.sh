# make install and uninstall, as a packager calls them; the manual says what
# --help says; the completion knows commands, options and names.
. "$REPOSITORY/grader/tests/cli/common"

command -v help2man >/dev/null || exit 0
built=$(dirname "$PROCLAB")
expect 0 make -s -C "$REPOSITORY" BUILD="$built" install \
    DESTDIR="$PWD/root" PREFIX=/usr
installed=root/usr/bin/proclab
man=root/usr/share/man/man1
expect 0 "$installed" --version
cp out version
for page in proclab $("$installed" --help |
    sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/proclab-\1/p'); do
    [ -s $man/$page.1 ] || fail "there is no manual page $page"
    has $man/$page.1 "$(cat version)"
    has $man/$page.1 '.SH SYNOPSIS'
done
has $man/proclab-grade.1 'judge this check only'
for file in report.html report.css filter.lua; do
    cmp "$REPOSITORY/report/$file" "root/usr/share/proclab/report/$file"
done
has $man/proclab-grade.1 'Exit status: 0 full marks'
if command -v man >/dev/null; then
    for page in $man/*.1; do
        man --warnings -E UTF-8 -l "$page" >/dev/null 2>warnings
        empty warnings
    done
fi

# complete WORD...: what is offered for the last one.
complete_words()
{
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    _proclab "$PWD/$installed" "${COMP_WORDS[COMP_CWORD]}" \
        "${COMP_WORDS[COMP_CWORD - 1]}"
    printf '%s\n' "${COMPREPLY[@]}" >offered
}
. root/usr/share/bash-completion/completions/proclab
complete_words proclab gr
has offered grade
complete_words proclab grade --sch
has offered --schedules=
complete_words proclab grade --repl
has offered --replay
complete_words proclab report --fig
has offered --figures=
complete_words proclab show downl
has offered downloads
has offered download_child_each
complete_words proclab grade image_w
has offered image_workers
complete_words proclab grade --check cancel_c
has offered cancel_child_each
lacks offered download_child_each
mkdir image_wall
complete_words proclab grade image_w
has offered image_wall

expect 0 make -s -C "$REPOSITORY" BUILD="$built" uninstall \
    DESTDIR="$PWD/root" PREFIX=/usr
[ -z "$(find root -type f)" ] || fail "left: $(find root -type f)"
