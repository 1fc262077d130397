# Faults: --inject makes calls fail, says so, and names what is wrong with a
# rule.
. "$REPOSITORY/grader/tests/cli/common"
programs=$(dirname "$PROCLAB")/subjects

# The program meets the fault, the timeline and the story show it.
expect 0 "$PROCLAB" run --inject fork:error=EAGAIN:when=1 \
    "$programs/fault_calls"
has out "fork: EAGAIN"
has out "vfork: done"
has err "has a fault injected"
expect 0 "$PROCLAB" explain --inject fork:error=EAGAIN:when=1 \
    "$programs/fault_calls"
has out "calls fork(); injected: it fails: Resource temporarily"
has out "(fault_calls.c:"

# Several rules; each counts for itself.
expect 0 "$PROCLAB" run -q --inject setsid:error=EPERM \
    --inject 'kill,dup2:error=EBADF:when=1..5+2:process=main' \
    "$programs/fault_calls"
has out "setsid: EPERM"
has out "kill: EBADF"
has out "dup2: done"

# With the kernel's own clock and schedule, too.
for mode in "--clock real" "--schedule free" "--seed 3"; do
    expect 0 "$PROCLAB" run -q $mode --inject wait:signal=USR1:when=1 \
        "$programs/fault_signals"
    has out "waitpid: EINTR, handler ran 1 times"
done
expect 0 "$PROCLAB" run --inject wait:delay_enter=3600s "$programs/fault_signals"
has err "1 h of virtual time"

# The same bytes again, and a replay with the rule given again.
rule=fork:error=EAGAIN:when=2
for i in 1 2; do
    expect 0 "$PROCLAB" run -q --seed 5 --inject $rule --json trace$i.json \
        "$programs/fault_calls"
done
cmp trace1.json trace2.json
expect 0 "$PROCLAB" run -q --seed 5 --replay trace1.json --inject $rule \
    --json trace3.json "$programs/fault_calls"
cmp trace1.json trace3.json
expect 2 "$PROCLAB" run -q --seed 5 --replay trace1.json "$programs/fault_calls"
has err "trace1.json: faults were injected there: give --inject again"
expect 0 "$PROCLAB" explain trace1.json
has out "injected: it fails"

# One error that names the wrong part, what is allowed, the nearest name.
wrong()
{
    expect 2 "$PROCLAB" run --inject "$1" true
    has err "$2"
    [ "$(grep -c inject err)" = 1 ] || fail "$(cat err)"
}
wrong fokr:error=EAGAIN "fokr: there is no such system call; did you mean 'fork'?"
wrong fork:error=EAGIAN "EAGIAN: give an error by its name"
has err "did you mean 'EAGAIN'?"
wrong fork:eror=EAGAIN "eror: allowed are error=ERRNO"
wrong wait:signal=SIGCHDL "did you mean 'SIGCHLD'?"
wrong fork "fork: say what shall happen to it: error=ERRNO"
wrong fork:error=EAGAIN:when=0 "0: give the calls that are meant"
wrong fork:error=EAGAIN:process=x "x: give a process by its place"
wrong fork:short=3 "short= goes with read, write"
wrong wait:delay_enter=2x "2x: give a time"
wrong "" "(nothing): there is no such system call"
empty tmp
