// fails: pool_job_each: "Main starts exactly 6"
// why: K workers take the next job by a counter that all of them are believed
//      to share.  Each has a copy of it, and each does all the jobs.
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, MOST_AT_A_TIME = 100, MOST_SECONDS = 3600 };

/* Prints a line that reaches stdout at once, also when stdout is a pipe.
 * Nothing is left in the buffer for a later fork() to duplicate. */
static void say(const char *format, ...)
{
    va_list args;
    va_start(args, format);
    if (vprintf(format, args) < 0 || fflush(stdout) == EOF)
        warn("stdout");
    va_end(args);
}

/* A whole number from 1 to most, or the end of the program. */
static unsigned number(const char *text, unsigned most)
{
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || errno != 0 || *end != '\0' || value < 1 ||
        value > most)
        errx(EXIT_USAGE, "%s: not a number from 1 to %u", text, most);
    return (unsigned)value;
}

/* The life of a child. */
static void work(int job, unsigned seconds)
{
    say("[Job %d] Starting...\n", job);
    unsigned left = seconds;
    while (left > 0)
        left = sleep(left);
    say("[Job %d] Done after %u seconds.\n", job, seconds);
}

static int next_job;

static bool start(const unsigned *seconds, int n)
{
    pid_t pid = fork();
    if (pid == 0) {
        while (next_job < n) {
            int job = next_job++;
            work(job + 1, seconds[job]);
        }
        _exit(EXIT_SUCCESS);
    }
    if (pid == -1)
        warn("cannot start a worker");
    return pid != -1;
}

/* Waits for any child; true if it succeeded. */
static bool join(void)
{
    int status;
    while (wait(&status) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "wait");
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

int main(int argc, char **argv)
{
    if (argc < 2)
        errx(EXIT_USAGE, "usage: worker_pool K SECONDS...");
    int most = (int)number(argv[1], MOST_AT_A_TIME);
    int n = argc - 2;
    unsigned *seconds = calloc((size_t)n + 1, sizeof *seconds);
    if (!seconds)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++)
        seconds[i] = number(argv[i + 2], MOST_SECONDS);

    int running = 0;
    while (running < most && running < n && start(seconds, n))
        running++;
    bool well = running > 0 || n == 0;
    for (; running > 0; running--)
        well = join() && well;
    free(seconds);
    if (!well)
        errx(EXIT_FAILURE, "a worker failed");
    say("All %d jobs are done.\n", n);
    return EXIT_SUCCESS;
}
