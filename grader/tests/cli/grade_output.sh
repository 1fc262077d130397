# -o: completely or not at all.
. "$REPOSITORY/grader/tests/cli/common"

grade="$PROCLAB grade $REPOSITORY/solutions downloads --schedules 1"

expect 0 $grade -o result --format tap
empty out
has result "TAP version"
[ "$(stat -c %a result)" = "$(touch new && stat -c %a new)" ] ||
    fail "odd permissions"

# A link stays a link, permissions stay as they are.
echo old >target
chmod 640 target
ln -s target link
expect 0 $grade -o link --format tap
[ -L link ] || fail "the link was replaced"
has target "TAP version"
[ "$(stat -c %a target)" = 640 ] || fail "permissions changed"

expect 0 $grade -o - --format tap
has out "TAP version"
expect 0 $grade -o /dev/stdout --format tap
has out "TAP version"

expect 3 $grade -o /dev/full
has err "No space left on device"
expect 3 $grade -o no/such/directory
has err "cannot write 'no/such/directory': No such file or directory"
mkdir directory
expect 3 $grade -o directory
has err "Is a directory"
empty directory
[ -z "$(find . -name '.proclab*')" ] || fail "a temporary file is left"
empty tmp

# A link that leads nowhere is left alone.
ln -s nowhere/result dangling
expect 3 $grade -o dangling --format tap
[ -L dangling ] || fail "the link is gone"
