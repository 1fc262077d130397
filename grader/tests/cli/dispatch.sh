# What works without a command, and with one that does not exist.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" --help
has out "Usage: proclab"
has out "  grade "
empty err
expect 0 "$PROCLAB" --version
has out "proclab "

expect 2 "$PROCLAB"
has err "Usage: proclab"
empty out
expect 2 "$PROCLAB" garde
has err "proclab: there is no command 'garde'; did you mean 'grade'?"
empty out
expect 2 "$PROCLAB" xyzzy
has err "proclab --help"
expect 2 "$PROCLAB" --no-such-option
expect 2 "$PROCLAB" --seed 1 grade

for command in new grade run list show measure doctor; do
    expect 0 "$PROCLAB" "$command" --help
    has out "Usage: proclab $command"
    expect 0 "$PROCLAB" "$command" --version
    expect 2 "$PROCLAB" "$command" --no-such-option
    has err "proclab $command: "
    empty out
done
for command in new run show; do
    expect 2 "$PROCLAB" "$command"
    has err "proclab $command: which "
done
