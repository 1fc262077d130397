# Programs that are wrong under rare orders only are caught, and what caught them
# can be shown again (`make rare` is the long form).
. "$REPOSITORY/grader/tests/cli/common"

mkdir build
ln -s "$PROCLAB" build/proclab
expect 0 "$REPOSITORY/grader/tests/rare.sh" build 2 0
[ "$(grep -c '2 of 2 | 2 |' build/rare.md)" -ge 10 ] ||
    fail "fewer than ten are caught each time"
empty tmp
