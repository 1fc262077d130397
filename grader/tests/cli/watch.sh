# Grades again on every save; leaves nothing, and the terminal as it was.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" new lab
downloads=lab/02-spawning/downloads.c
solution=$REPOSITORY/chapters/02-spawning/solution/downloads.c
points=$("$PROCLAB" list | sed -nE "s/^ *downloads +([0-9]+) points.*/\1/p")

# As in a shell that a person types into, where jobs do not ignore SIGINT.
set -m

# wait_for FILE WORDS: until the file says so; the job must live meanwhile.
wait_for()
{
    until grep -qF -e "$2" "$1"; do
        kill -0 $job 2>/dev/null || fail "it ended without: $2: $(cat "$1")"
    done
}

# ends STATUS SIGNAL
ends()
{
    kill -"$2" -- -$job
    local status=0
    wait $job || status=$?
    [ $status = "$1" ] || fail "status $status after SIG$2"
    until [ -z "$(ls -A tmp)" ]; do :; done
}

"$PROCLAB" watch lab downloads image_workers >out 2>err </dev/null &
job=$!
wait_for out "0 of "
has out "Next: 01-naming/image_workers"

# A save in place, and one by another name as editors do it.
cp "$solution" $downloads
wait_for out "downloads: $points points, up from 0"
has out "passes now: all downloads run at the same time"
grep -v '_exit' "$solution" >$downloads.new
mv $downloads.new $downloads
wait_for out "down from $points"
echo 'int main(void) {' >$downloads
wait_for out "is skipped now: all downloads run at the same time"
rm $downloads
wait_for out "There is no file"
lacks out "$(printf '\033')"
empty err
ends 0 INT

"$PROCLAB" watch lab downloads >out 2>err </dev/null &
job=$!
wait_for out "02-spawning/downloads"
ends 143 TERM

# In the middle of a grading.
cp "$solution" $downloads
"$PROCLAB" watch lab downloads --schedules 10000 >out 2>err </dev/null &
job=$!
until [ -n "$(find tmp -type f)" ]; do
    kill -0 $job || fail "it ended by itself"
done
ends 0 INT

expect 2 "$PROCLAB" watch no/such/directory
expect 2 "$PROCLAB" watch lab dwonloads
has err "did you mean '02-spawning/downloads'?"

# On a terminal: another screen, and back.
command -v script >/dev/null || exit 0
cp "$REPOSITORY/chapters/02-spawning/starter/downloads.c" $downloads
export TERM=xterm
: >screen
script -qefc '"$PROCLAB" watch lab downloads' screen </dev/null >/dev/null &
job=$!
wait_for screen "watching: save a file"
cp "$solution" $downloads
wait_for screen "up from 0"
pkill -INT -f "$PROCLAB watch lab downloads" || :
wait $job || fail "status $? on a terminal"
escape=$(printf '\033')
has screen "$escape[?1049h"
has screen "$escape[?1049l"
grep -oF -e "$escape[?1049h" -e "$escape[?1049l" screen | tail -n 1 >last
has last "$escape[?1049l"
