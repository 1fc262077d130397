/* run_all COMMAND...
 *
 * The task and its contract: README.md of chapter 02-spawning.
 *
 * What is here only names the programs that are to be executed.  What to do is
 * marked TODO 1 to 5; do them in that order, compile and run after each.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* TODO 1: this finds the first word of a command.  You need all of them, in an
 * array of pointers that ends with NULL, as execvp(3) wants it. */
static int first_word(const char *command)
{
    command += strspn(command, " ");
    return (int)strcspn(command, " ");
}

int main(int argc, char **argv)
{
    /* TODO 2: refuse to begin if there is no command, or one without a word:
     * a message on stderr, exit code 2.  Then say how many there are. */

    /* TODO 3: start a child for each command, fork(2), which executes it,
     * execvp(3).  What comes behind execvp() in your program, and when is it
     * run? */
    for (int i = 1; i < argc; i++) {
        const char *command = argv[i] + strspn(argv[i], " ");
        printf("%d: %.*s is to be executed\n", i, first_word(command), command);
    }

    /* TODO 4: when all are started, wait for one after the other, waitpid(2),
     * and report how it ended: with an exit code, or killed by a signal? */

    /* TODO 5: the exit code of run_all itself. */
    return EXIT_SUCCESS;
}
