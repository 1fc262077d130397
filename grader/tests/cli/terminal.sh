# On a terminal: colour and a width, unless NO_COLOR says otherwise.
. "$REPOSITORY/grader/tests/cli/common"

escape=$(printf '\033')
export TERM=xterm
unset NO_COLOR
# on_terminal COMMAND: what a person would see (script(1) makes the terminal).
on_terminal()
{
    script -qec "stty cols 100; $1" /dev/null </dev/null >screen || :
}
command -v script >/dev/null || exit 0

on_terminal '"$PROCLAB" run sleep 1'
grep -q "$escape\[" screen || fail "no colour on a terminal"
NO_COLOR=1 on_terminal '"$PROCLAB" run sleep 1'
! grep -q "$escape\[" screen || fail "colour in spite of NO_COLOR"
TERM=dumb on_terminal '"$PROCLAB" run sleep 1'
! grep -q "$escape\[" screen || fail "colour on a dumb terminal"
on_terminal '"$PROCLAB" grade "$REPOSITORY/solutions" | cat'
! grep -q "$escape\[3" screen || fail "colour in a pipe"
