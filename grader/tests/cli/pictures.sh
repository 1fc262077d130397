# proclab run --svg, --tree-svg, --perfetto: pictures of real runs.
. "$REPOSITORY/grader/tests/cli/common"

cat >family.c <<'E'
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    pid_t child = fork();
    if (child == 0) {
        prctl(PR_SET_NAME, "</text>&\"");
        for (;;)
            pause();
    }
    sleep(2);
    puts("enough");
    kill(child, SIGTERM);
    wait(NULL);
}
E
gcc -D_GNU_SOURCE -g family.c -o family

expect 0 "$PROCLAB" run -q --svg time.svg --tree-svg tree.svg \
    --perfetto perfetto.json --json trace.json ./family
has out enough
empty err
for picture in time.svg tree.svg; do
    has $picture "<svg xmlns='http://www.w3.org/2000/svg' width='900'"
    has $picture '&#60;/text&#62;&#38;&#34;'
    lacks $picture '</text>&'
    has $picture 'killed by SIGTERM'
    lacks $picture "$PWD"
done
has time.svg '>SIGTERM<'
has time.svg '>2 s<'
has perfetto.json '"displayTimeUnit":"ms"'

# The same run, the same bytes: observed again, and from the file.
expect 0 "$PROCLAB" run -q --svg again.svg --tree-svg tree2.svg ./family
cmp time.svg again.svg
cmp tree.svg tree2.svg
expect 0 "$PROCLAB" explain --svg told.svg trace.json --tree-svg tree3.svg \
    ./family --perfetto perfetto2.json
has out family.c:
expect 2 "$PROCLAB" explain trace.json ./family and-more
cmp time.svg told.svg
cmp tree.svg tree3.svg
cmp perfetto.json perfetto2.json

# To standard output, in place of the program's.
expect 0 "$PROCLAB" run -q --svg - ./family
cmp out time.svg
expect 125 "$PROCLAB" run -q --svg no/such/directory ./family
has err no/such/directory

# A failure, shown again.
mkdir -p lab/04-daemon
cp "$REPOSITORY/chapters/04-daemon/wrong/background_worker.too_late_to_ask.c" \
    lab/04-daemon/background_worker.c
check=background_daemon_ends
expect 1 "$PROCLAB" grade lab --check $check --replay --svg failure.svg
has failure.svg '>the failure, at 9 s<'
expect 1 "$PROCLAB" grade lab background_worker --format json -o result
expect 1 "$PROCLAB" run --replay result --svg failure2.svg lab
cmp failure.svg failure2.svg
expect 2 "$PROCLAB" grade lab --svg failure.svg
has err "--check ID --replay"
empty tmp
