# Where we are root the compiler is somebody else: it need not have the right
# to pass through what lies above TMPDIR.
. "$REPOSITORY/grader/tests/cli/common"

mkdir -m 700 private
mkdir private/tmp
expect 0 env TMPDIR="$PWD/private/tmp" "$PROCLAB" grade \
    "$REPOSITORY/solutions" image_workers --schedules 1
empty private/tmp
