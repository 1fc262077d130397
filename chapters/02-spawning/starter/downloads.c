/* downloads SECONDS...
 *
 * The task and its contract: README.md of chapter 02-spawning.
 *
 * What is here "downloads" one file after the other, and talks about it in
 * words of its own.  What to do is marked TODO 1 to 4.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* TODO 1: atoi() takes "3s" for 3 and "soon" for 0.  Write a function that
 * accepts a whole number from 1 to 3600 and nothing else; strtoul(3) tells
 * where it stopped reading.  Check all arguments before anything starts. */

static void download(int ordinal, unsigned seconds)
{
    /* TODO 2: the two lines of the contract, each written when it is true.
     * stdout is often a pipe: fflush(3). */
    printf("file %d: %u seconds to go\n", ordinal, seconds);
    sleep(seconds);
}

int main(int argc, char **argv)
{
    /* TODO 3: a child process for each download: fork(2).  Think about what
     * the child must do when it is done; it must not stay in this loop. */
    for (int i = 1; i < argc; i++)
        download(i, (unsigned)atoi(argv[i]));

    /* TODO 4: wait for every child with waitpid(2), and look at how it ended.
     * Then say that all is done, if it is. */
    printf("One after the other: that took long.\n");
    return EXIT_SUCCESS;
}
