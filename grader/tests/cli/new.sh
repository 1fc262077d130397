# A student's tree: plain files, no solution, nothing of theirs overwritten.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" new lab
has out "files added to 'lab'"
empty err
[ -z "$(find lab -type l)" ] || fail "there are links"
[ -z "$(find lab -name '.*')" ] || fail "there are hidden files"
for file in "$REPOSITORY"/chapters/*/starter/*.c; do
    chapter=$(basename "${file%/starter/*}")
    cmp "$file" "lab/$chapter/$(basename "$file")"
done
cmp "$REPOSITORY/starter/Makefile" lab/Makefile
cmp "$REPOSITORY/starter/README.md" lab/README.md
[ "$(find lab -name '*.c' | wc -l)" = \
    "$(find -L "$REPOSITORY/starter" -name '*.c' | wc -l)" ] ||
    fail "not as many programs as starters"

# Again: nothing to do.
expect 0 "$PROCLAB" new lab/
has out "Nothing to add"
lacks out kept

# What is missing comes back, what was edited stays.
rm lab/02-spawning/downloads.c
echo mine >lab/Makefile
expect 0 "$PROCLAB" new lab
has out "1 file added"
has out "kept lab/Makefile"
[ "$(cat lab/Makefile)" = mine ] || fail "the Makefile was changed"
cmp "$REPOSITORY/chapters/02-spawning/starter/downloads.c" \
    lab/02-spawning/downloads.c

# Also what is no file at all, or of the same size.
rm lab/Makefile
ln -s nowhere lab/Makefile
expect 0 "$PROCLAB" new lab
has out "kept lab/Makefile"
[ -L lab/Makefile ] || fail "the link was replaced"

expect 0 "$PROCLAB" new 'a/b/a name with blanks'
[ -f 'a/b/a name with blanks/README.md' ] || fail "no README.md"

# umask is respected.
(umask 077 && "$PROCLAB" new private >/dev/null)
[ "$(stat -c %a private/README.md)" = 600 ] || fail "others may read"
