# The program's output comes out as without us; the timeline is on stderr.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" run echo hello
[ "$(cat out)" = hello ] || fail "output is $(cat out)"
has err echo
expect 0 "$PROCLAB" run --quiet sh -c 'echo out; echo error >&2'
[ "$(cat out)" = out ] || fail "output is $(cat out)"
[ "$(cat err)" = error ] || fail "error output is $(cat err)"

# Options behind PROGRAM are the program's, also those that we have too.
expect 0 "$PROCLAB" run -q echo --json x --quiet
[ "$(cat out)" = "--json x --quiet" ] || fail "output is $(cat out)"
expect 0 "$PROCLAB" run -q -- echo -- -q
[ "$(cat out)" = "-- -q" ] || fail "output is $(cat out)"

# No terminal: neither colour nor lines of more than 80 columns.
expect 0 "$PROCLAB" run sh -c 'sleep 3 & sleep 5; wait'
! grep -q "$(printf '\033')" err || fail "there are escape sequences"
[ "$(wc -L <err)" -le 80 ] || fail "a line is $(wc -L <err) columns wide"
LC_ALL=C expect 0 "$PROCLAB" run sleep 1
! LC_ALL=C grep -q '[^ -~]' err || fail "not ASCII in a C locale"

# The trace, alone on stdout where it is asked for, and replayed.
expect 0 "$PROCLAB" run --json trace.json --seed 3 sh -c 'echo a & echo b; wait'
cp out first
expect 0 "$PROCLAB" run -q --replay trace.json --seed 3 --json again.json \
    sh -c 'echo a & echo b; wait'
cmp out first
cmp trace.json again.json
expect 0 "$PROCLAB" run -q --json - echo hello
[ "$(head -c 1 out)" = '{' ] || fail "not JSON alone: $(cat out)"
[ "$(wc -l <out)" = 1 ] || fail "not one line"
empty err

expect 2 "$PROCLAB" run --replay no-such-file true
has err no-such-file
echo '{' >broken.json
expect 2 "$PROCLAB" run --replay broken.json true
has err "broken.json:"
echo '{"a": 1}' >other.json
expect 2 "$PROCLAB" run --replay other.json true
has err "other.json: "
expect 2 "$PROCLAB" run --replay trace.json --schedule random true
has err "exclude each other"
expect 125 "$PROCLAB" run -q --json /dev/full true
has err "No space left on device"
