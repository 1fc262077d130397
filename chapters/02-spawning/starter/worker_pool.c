/* worker_pool K SECONDS...
 *
 * The task and its contract: README.md of chapter 02-spawning.
 *
 * What is here does one job after the other, in main itself, and talks about it
 * in words of its own.  What to do is marked TODO 1 to 5, in the order in which
 * you best do it.
 */
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* TODO 1: check K and all jobs before anything starts.  Your function from
 * downloads, which accepts whole numbers only, is what you need. */

static void work(int job, unsigned seconds)
{
    /* TODO 2: the two lines of the contract, each written when it is true. */
    printf("job %d takes %u seconds\n", job, seconds);
    sleep(seconds);
}

int main(int argc, char **argv)
{
    int most = argc > 1 ? atoi(argv[1]) : 1;
    printf("There could be %d at a time.\n", most);

    /* TODO 3: a child process for each job, fork(2).  Who knows which job is
     * the next one: main, or the children? */

    /* TODO 4: count how many run.  What has to happen before one more may be
     * started, when there are K already?  wait(2). */
    for (int i = 2; i < argc; i++)
        work(i - 1, (unsigned)atoi(argv[i]));

    /* TODO 5: how many still run when the last job has been started?  Wait for
     * them, then say the last line, if all went well. */
    return EXIT_SUCCESS;
}
