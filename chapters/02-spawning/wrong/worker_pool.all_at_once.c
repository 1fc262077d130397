// fails: pool_limit: "children are alive at once"
// fails: pool_all_done: "before main ends"
// why: all jobs are started at once, as if K did not matter, and a single
//      wait() at the end is to do for all of them.
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

static bool start(int job, unsigned seconds)
{
    pid_t pid = fork();
    if (pid == 0) {
        work(job, seconds);
        _exit(EXIT_SUCCESS);
    }
    if (pid == -1)
        warn("cannot start job %d", job);
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

    int done = 0;
    while (done < n && start(done + 1, seconds[done]))
        done++;
    if (done > most)
        warnx("that is more than %d at a time", most);
    if (done > 0 && !join())
        done--;
    free(seconds);
    if (done < n)
        errx(EXIT_FAILURE, "%d of %d jobs failed", n - done, n);
    say("All %d jobs are done.\n", n);
    return EXIT_SUCCESS;
}
