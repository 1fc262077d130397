/* heartbeat LOG PIDFILE WORK_MS
 *
 * The task and its contract: README.md of chapter 04-daemon.
 *
 * What is here reads the arguments.  What to do is marked TODO 1 to 4; do them
 * in that order.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    if (argc != 4)
        errx(2, "usage: heartbeat LOG PIDFILE WORK_MS");
    long work_ms = strtol(argv[3], NULL, 10);

    /* TODO 1: open LOG for appending, write "Started." into it; the pid goes
     * into PIDFILE.  Then the loop: a beat, and the work, for which
     * nanosleep(2) stands.  A line has to be in the file at once. */
    printf("Would log to %s and work for %ld ms a beat.\n", argv[1], work_ms);

    /* TODO 2: the second beat is at 2 s, not at 2 s and twice the work.  See
     * clock_nanosleep(2), TIMER_ABSTIME.
     *
     * TODO 3: SIGHUP.  What it asks for is done by the loop, not by a handler:
     * sigaction(2), or sigtimedwait(2) without one.  And the beat that the
     * signal has interrupted the sleep for?
     *
     * TODO 4: SIGTERM: say goodbye, remove PIDFILE, end. */
    return EXIT_SUCCESS;
}
