# The gallery shows what is really said (`make figures` makes it again).
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$REPOSITORY/docs/gallery.sh" "$PROCLAB" gallery.md
diff -u "$REPOSITORY/docs/gallery.md" gallery.md ||
    fail "docs/gallery.md is old: make figures"
[ "$(grep -c '^## ' gallery.md)" -ge 10 ] || fail "fewer than ten programs"
[ "$(grep -c '^      expected' gallery.md)" = "$(grep -c '^## ' gallery.md)" ] ||
    fail "not each has a message"
empty tmp
