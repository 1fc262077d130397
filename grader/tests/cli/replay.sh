# A failure under a rare order: the command at the end of its message shows it
# again, each time the same, until the program is another one.
. "$REPOSITORY/grader/tests/cli/common"

mkdir -p "my lab/04-daemon"
program="my lab/04-daemon/background_worker.c"
cp "$REPOSITORY/chapters/04-daemon/wrong/background_worker.too_late_to_ask.c" \
    "$program"
check=background_daemon_ends

expect 1 "$PROCLAB" grade 'my lab' background_worker
has out "when      main ends before process 1.2 has begun"
again=$(sed -n 's/^ *again  *//p' out)
[ -n "$again" ] || fail "no command: $(cat out)"
case $again in
*"'my lab' --check $check --replay="*child-first+*@*) ;;
*) fail "another command: $again" ;;
esac
cp out graded

expect 1 sh -c "$again"
cp out first
empty err
has out "when      main ends before process 1.2 has begun"
has out "the failure, at 9 s"
has out "Ended: no process was left."
grep "      seen" graded | head -n 1 >want
grep "      seen" out | cmp - want
lacks out "again "
for i in 1 2 3 4 5; do
    expect 1 sh -c "$again"
    cmp out first
done

# The same trace by each of the ways to it.
expect 1 sh -c "$again --format json -o trace.json"
has trace.json '"schema":"proclab-trace/v1"'
expect 1 "$PROCLAB" grade 'my lab' --check $check --replay --format json
cmp out trace.json
expect 1 "$PROCLAB" grade 'my lab' background_worker --format json -o result
has result '"words": "main ends before process 1.2 has begun"'
expect 1 "$PROCLAB" grade 'my lab' --check $check --replay=result \
    --format json -o again.json
cmp again.json trace.json
expect 1 "$PROCLAB" run --replay result --json again.json 'my lab'
cmp again.json trace.json
expect 1 "$PROCLAB" run --replay result 'my lab'
cmp out first

# Which orders there were.
grep -q '"runs_tried": [1-9]' result || fail "runs_tried: $(cat result)"
has graded " of them different)"

# Another program: found again; right: nothing is blamed.
echo '/* changed */' >>"$program"
expect 1 sh -c "$again"
has err "the program has changed since"
has err "found this one"
cp "$REPOSITORY/chapters/04-daemon/solution/background_worker.c" "$program"
expect 0 sh -c "$again"
has err "the program has changed since"
has err "found none"
lacks out "failure"
# The same program where nothing of the kind happens: another seed.
cp "$REPOSITORY/chapters/04-daemon/wrong/background_worker.too_late_to_ask.c" \
    "$program"
expect 1 sh -c "$(echo "$again" | sed 's/+[0-9:+]*@/+0:0@/')"
has err "does not fail in that run"

# What makes no sense.
expect 2 "$PROCLAB" grade 'my lab' --replay
has err "--replay needs --check"
expect 2 "$PROCLAB" grade 'my lab' --check $check --replay --format tap
has err "text or json"
expect 2 "$PROCLAB" grade 'my lab' --check $check --replay=x:y@01234567
has err "is no run: copy it"
expect 2 "$PROCLAB" grade 'my lab' --check $check --replay=no-such-file
has err "no-such-file"
expect 2 "$PROCLAB" grade 'my lab' --check $check --replay=trace.json
has err "is no result"
expect 1 "$PROCLAB" grade "$REPOSITORY/starter" downloads --format json -o other
expect 2 "$PROCLAB" grade 'my lab' --check $check --replay=other
has err "did not fail there"
expect 0 "$PROCLAB" grade "$REPOSITORY/solutions" downloads --format json -o ok
expect 2 "$PROCLAB" run --replay ok 'my lab'
has err "no check failed there"
empty tmp
