/* graceful_stop GRACE_SECONDS NAME:STEP_SECONDS:STEPS ...
 *
 * The task and its contract: README.md of chapter 03-killing.
 *
 * What is here reads the arguments and says what should be done. What to do is
 * marked TODO 1 to 6; do them in that order.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

struct worker {
    char name[64];
    unsigned step_seconds;
    int steps;
    /* TODO 1: what must main remember of a child?  Its pid; whether it was
     * reaped, and with which status. */
};

/* TODO 2: the life of a child, a function of its own: the file, the steps with
 * their lines, the end.  Every line must leave the process at once: say
 * fflush(stdout) after it.
 *
 * TODO 3: a handler for SIGTERM.  It only notes that the signal came, in a
 * variable of type volatile sig_atomic_t; the child looks at that after each
 * step.  The signal also ends a sleep early.  What is left of it?  sleep() tells
 * whole seconds, nanosleep(2) exactly. */

int main(int argc, char **argv)
{
    if (argc < 2)
        errx(EXIT_FAILURE, "usage: graceful_stop GRACE_SECONDS "
                           "NAME:STEP_SECONDS:STEPS ...");
    for (int i = 2; i < argc; i++) {
        struct worker w;
        if (sscanf(argv[i], "%63[^:]:%u:%d", w.name, &w.step_seconds,
                   &w.steps) != 3)
            errx(EXIT_FAILURE, "%s: not NAME:STEP_SECONDS:STEPS", argv[i]);
        printf("%s would do %d steps of %u s each.\n", w.name, w.steps,
               w.step_seconds);
        /* TODO 2: start it, as a child process. */
    }

    /* TODO 4: wait for the end of standard input, then ask all that are still
     * there to stop: "Stopping...", and SIGTERM to each.  A SIGTERM that comes
     * before a worker has its handler would kill it: block the signal before
     * fork(), and unblock it in the worker: sigprocmask(2).
     *
     * TODO 5: wait until all have ended, at most GRACE_SECONDS; then SIGKILL
     * for those that are left.  sigtimedwait(2) waits for SIGCHLD and for the
     * time.
     *
     * TODO 6: the file of one that was killed is still there.  And how did
     * each end? */
    return EXIT_SUCCESS;
}
