# `run --look`: the processes of a moment, with what they have open.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" run -q --look 1s sh -c 'umask 027; exec 5</etc/passwd
    (sleep 2 >/dev/null; exit 3) & cd /; echo hello; sleep 3'
[ "$(cat out)" = hello ] || fail "output is $(cat out)"
has err "At 1.000 s"
has err "    5r   /etc/passwd"
has err "standard output of the run"
has err "  027  /"
# Only the one of the moment that was asked for, nothing without the option.
! grep -q "At 0" err || fail "another moment: $(cat err)"
expect 0 "$PROCLAB" run -q sh -c 'sleep 1'
empty err

# A pipe shows who is at its other end; a daemon is looked at as well.
expect 0 "$PROCLAB" run -q --look 500ms --look 250ms sh -c 'sleep 1 | cat'
has err "1w   pipe 1; also open: 0r in 1.2"
grep -c "^At " err >n
[ "$(cat n)" = 2 ] || fail "not two moments: $(cat err)"
expect 0 "$PROCLAB" run -q --look 5s setsid --fork sleep 9
has err "At 5.000 s"
expect 0 "$PROCLAB" run -q --look exec --look exit true
has err "after exec"
has err "at the end"

# A look decides nothing: a replay with one is the same run.
expect 0 "$PROCLAB" run -q --seed 4 --json trace.json \
    sh -c 'sleep 1 & sleep 1 & wait; echo a & echo b; wait'
cp out first
expect 0 "$PROCLAB" run -q --replay trace.json --seed 4 --look 1s \
    --json again.json sh -c 'sleep 1 & sleep 1 & wait; echo a & echo b; wait'
cmp out first
grep -o '"decisions":.*' trace.json >one
grep -o '"decisions":.*' again.json >two
cmp one two

expect 2 "$PROCLAB" run --look soon true
has err "--look 'soon': give a time such as 5s, exec or exit"
expect 2 "$PROCLAB" run --look 5x true
