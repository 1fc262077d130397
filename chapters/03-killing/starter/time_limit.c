/* time_limit SECONDS COMMAND [ARG...]
 *
 * The task and its contract: README.md of chapter 03-killing.
 *
 * What is here takes its arguments to pieces and says what it would run.  What
 * to do is marked TODO 1 to 6; do them in that order.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>

int main(int argc, char **argv)
{
    /* TODO 6: SECONDS is a whole number from 1 to 3600 and nothing else; what
     * is the exit status for somebody who gets that wrong? */
    if (argc < 3)
        errx(EXIT_FAILURE, "usage: time_limit SECONDS COMMAND [ARG...]");
    char **command = argv + 2;

    /* TODO 1: start the command in a child, fork(2) and execvp(3): command is
     * an argv already.  What does the child do if execvp() returns? */
    printf("%s would have %ld s.\n", command[0], strtol(argv[1], NULL, 10));

    /* TODO 2: wait for the child, and end with the status that the contract
     * gives for its end.
     *
     * TODO 3: wait for SECONDS at most.  sigtimedwait(2) waits for SIGCHLD or
     * the time, whichever comes first.  It needs SIGCHLD blocked, before
     * fork(); but the command must not be started with it blocked.
     *
     * TODO 4: the time is over: end the command.  A process group of its own
     * reaches also what the command has started: setpgid(2), and kill(2) with
     * a negative number.
     *
     * TODO 5: two seconds later, whoever did not react.  Take care that what
     * you signal is still there: see WNOWAIT in waitid(2). */
    return EXIT_SUCCESS;
}
