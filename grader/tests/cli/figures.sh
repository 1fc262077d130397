# The lessons show what really happens (`make figures` makes them again).
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$REPOSITORY/chapters/figures.sh" "$PROCLAB" fresh
for lesson in "$REPOSITORY"/chapters/*/README.md; do
    chapter=$(basename "$(dirname "$lesson")")
    diff -u "$lesson" "fresh/$chapter/README.md" ||
        fail "chapters/$chapter/README.md is old: make figures"
done
empty tmp
