# A full disk, a reader that leaves early, streams that are closed.
. "$REPOSITORY/grader/tests/cli/common"

expect 3 sh -c '"$PROCLAB" list >/dev/full'
has err "cannot write to standard output: No space left on device"
expect 3 sh -c '"$PROCLAB" --help >/dev/full'

# Quietly: neither a message nor a result.
for command in list --help 'show downloads' 'grade "$REPOSITORY/solutions"'; do
    : >err
    eval "$PROCLAB $command" 2>err | :
    empty err
done
# A parent that ignores SIGPIPE: the write fails instead.
(
    trap '' PIPE
    "$PROCLAB" list 2>err | :
)
empty err

# Nothing that is opened may take the place of a closed stream.
expect 0 sh -c '"$PROCLAB" list <&- >list 2>&-'
has list points
expect 0 sh -c '"$PROCLAB" new lab >&- 2>&-'
[ -s lab/Makefile ] || fail "no Makefile"
lacks lab/Makefile added
