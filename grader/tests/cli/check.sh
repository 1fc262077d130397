# A single check: all about it, and how to see it again.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" grade "$REPOSITORY/solutions" --check download_child_each
expect 0 "$PROCLAB" new 'my lab'
expect 1 "$PROCLAB" grade 'my lab' --check download_child_each --seed 5
has out "every download is a child process"
# What is printed to see a failure again can be pasted into a shell.
expect 1 "$PROCLAB" grade 'my lab' downloads
again=$(grep -o -m1 "[^ ]*proclab grade 'my lab'.*--check [a-z_]*" out) ||
    fail "no command to see a failure again: $(cat out)"
expect 1 sh -c "$again"
