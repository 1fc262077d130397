# Ctrl-C in the middle of a grading: status 130, nothing left behind.
. "$REPOSITORY/grader/tests/cli/common"

# As in a shell that a person types into: each job has its own process group
# and does not ignore SIGINT.
set -m

# Processes of the group; zombies are only waiting for the system's init.
alive()
{
    cat /proc/[0-9]*/stat 2>/dev/null | sed 's/.*) //' |
        awk -v group="$1" '$3 == group && $1 != "Z"' | grep -q .
}

# interrupt SIGNAL TARGET-PREFIX STATUS
interrupt()
{
    "$PROCLAB" grade "$REPOSITORY/solutions" --schedules 10000 -o result \
        >out 2>err &
    pid=$!
    # It is at work when its directory is there and programs are in it.
    until [ -n "$(find tmp -type f)" ]; do
        kill -0 $pid || fail "it ended by itself: $(cat out err)"
    done
    kill -"$1" -- "$2$pid"
    status=0
    wait $pid || status=$?
    [ $status = "$3" ] || fail "status $status after SIG$1"
    # The janitor and what it waits for may take a moment longer.
    until [ -z "$(ls -A tmp)" ]; do :; done
    until ! alive $pid; do :; done
    [ ! -e result ] || fail "there is a result"
}
interrupt INT - 130
interrupt INT '' 130
interrupt TERM '' 143
interrupt KILL '' 137
