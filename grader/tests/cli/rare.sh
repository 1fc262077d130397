# Programs that are wrong under rare orders only are caught, and what caught them
# can be shown again (`make rare` is the long form).
. "$REPOSITORY/grader/tests/cli/common"

cd "$REPOSITORY" || exit 1
mkdir -p "$OLDPWD/build"
ln -s "$PROCLAB" "$OLDPWD/build/proclab"
expect 0 grader/tests/rare.sh "$OLDPWD/build" 2 0
[ "$(grep -c '2 of 2 | 2 |' "$OLDPWD/build/rare.md")" -ge 10 ] ||
    fail "fewer than ten are caught each time"
