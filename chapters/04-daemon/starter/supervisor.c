/* supervisor RESTARTS SECONDS:STATUS ...
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
    if (argc < 3)
        errx(2, "usage: supervisor RESTARTS SECONDS:STATUS ...");
    long restarts = strtol(argv[1], NULL, 10);
    for (int i = 2; i < argc; i++) {
        unsigned seconds;
        int status;
        if (sscanf(argv[i], "%u:%d", &seconds, &status) != 2)
            errx(2, "%s: not SECONDS:STATUS", argv[i]);
        printf("Life %d would take %u s and end with %d.\n", i - 1, seconds,
               status);
    }
    printf("There may be %ld restarts.\n", restarts);

    /* TODO 1: one worker, a child, and its end: which status is a clean one,
     * which a crash?
     *
     * TODO 2: after a crash a pause, and the next life; how long is the third
     * pause?  And when is it enough?
     *
     * TODO 3: SIGTERM comes while main waits for the worker: pass it on, reap,
     * end.  A signal that comes just before the call that waits must not be
     * lost: sigprocmask(2), sigwaitinfo(2).  What does the child inherit of
     * that?
     *
     * TODO 4: SIGTERM comes during the pause: sigtimedwait(2). */
    return EXIT_SUCCESS;
}
