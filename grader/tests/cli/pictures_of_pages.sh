# The pictures of the pages show what really happens (`make figures` makes them
# again), and there is none that no page shows.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$REPOSITORY/docs/pictures.sh" "$PROCLAB" fresh
cd fresh
find . -name '*.svg' | sort >../made
(cd "$REPOSITORY" && find ./docs ./chapters -name '*.svg' | sort) >../kept
cd ..
diff kept made || fail "pictures without a page, or a page without pictures"
[ -s made ] || fail "no pictures"
while read -r picture; do
    cmp "$REPOSITORY/$picture" "fresh/$picture" ||
        fail "$picture is old: make figures"
done <made
empty tmp
