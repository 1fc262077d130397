/* name_over_exec FIRST SECOND
 *
 * The task and its contract: README.md of chapter 01-naming.
 *
 * What is missing is marked TODO 1 to 5; do them in that order, compile and run
 * after each.
 */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Says what the kernel calls us. */
static void say_name(const char *who)
{
    /* TODO 1: ask the kernel, prctl(2), PR_GET_NAME.  What becomes of what is
     * still in the buffer of stdout when this process forks?  And when it
     * executes a program? */
    printf("%s: nobody has asked for the name\n", who);
}

int main(int argc, char **argv)
{
    /* TODO 2: two names, of 1 to 15 bytes each, or nothing happens at all. */
    for (int i = 1; i < argc; i++)
        printf("There is to be a name \"%s\".\n", argv[i]);

    /* TODO 3: main takes the first name and says so. */
    say_name("main");

    /* TODO 4: a child says what it is called, then executes this program
     * again: fork(2), execv(3).  How will the program know that it is not
     * started by you this time?  How will it know the second name? */

    /* TODO 5: executed again, it says what it is called, takes the second name
     * and says so.  Main waits for it: waitpid(2). */

    return EXIT_SUCCESS;
}
