# What the HOWTO-ADD pages say to write can be written, builds, and does what
# they show: each is followed in a copy of the repository.
. "$REPOSITORY/grader/tests/cli/common"

pages=$(cd "$REPOSITORY" && grep -lFx '<!-- clone: copy -->' docs/*.md)
[ "$(echo "$pages" | wc -l)" -ge 4 ] || fail "not all are followed: $pages"
# shellcheck disable=SC2086  # words
expect 0 "$REPOSITORY/docs/console.sh" -o fresh "$PROCLAB" $pages
for page in $pages; do
    diff -u "$REPOSITORY/$page" "fresh/$page" ||
        fail "$page shows what is not printed any more: make figures"
done
empty tmp
