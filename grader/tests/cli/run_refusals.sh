# `run` refuses what would blind the observer, and nothing else.
. "$REPOSITORY/grader/tests/cli/common"
programs=$(dirname "$PROCLAB")/subjects

sed -n 's,^// expect: ,,p' \
    "$REPOSITORY/grader/tests/programs/danger_blinding.c" >wanted
expect 0 "$PROCLAB" run -q "$programs/danger_blinding"
diff -u wanted out || fail "what would blind is not refused"
expect 0 "$PROCLAB" run -q "$programs/danger_other_abi"
has out "i386: killed by SIGSYS"
has out "x32: killed by SIGSYS"

# What harms nobody but the caller is left to him.
expect 0 "$PROCLAB" run -q "$programs/danger_sockets"
has out "AF_INET: allowed"
expect 0 "$PROCLAB" run -q "$programs/danger_refused"
for call in personality process_vm_readv; do
    has out "$call is allowed"
done

# Nobody learns how we were called.
expect 0 "$PROCLAB" run -q --seed 4711 cat /proc/1/cmdline /proc/2/cmdline
lacks out 4711
empty tmp
