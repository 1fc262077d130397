# The page of misconceptions is what its list makes of the wrong programs and
# lessons of today (`make figures`), and no cell of it is empty.
. "$REPOSITORY/grader/tests/cli/common"

make_page()
{
    expect "$1" "$REPOSITORY/docs/misconceptions.sh" "$2" "$PWD/page.md"
}

make_page 0 "$REPOSITORY/docs/misconceptions.txt"
diff -u "$REPOSITORY/docs/misconceptions.md" page.md ||
    fail "docs/misconceptions.md is old: make figures"
for letter in A B C D E F G; do
    has page.md "## $letter. "
done
[ "$(grep -c '^| ' page.md)" -ge 80 ] || fail "few rows"
! grep -E '\| +\||\| `` \|' page.md || fail "an empty cell"

# What a list can lack.
cp page.md before.md
echo 'nothing shows this |' >"$PWD/list"
make_page 1 "$PWD/list"
has err "an empty cell: nothing shows this"
echo 'nobody wrote it | downloads.no_such_thing' >"$PWD/list"
make_page 1 "$PWD/list"
has err "there is no wrong program downloads.no_such_thing"
cmp before.md page.md
empty tmp
