/* downloads SECONDS...
 *
 * N downloads at the same time, each in a process of its own.
 */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, MOST_SECONDS = 3600 };

struct download {
    int ordinal; /* from 1 */
    unsigned seconds;
    pid_t pid;
};

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

static bool parse_seconds(const char *text, unsigned *seconds)
{
    if (*text < '0' || *text > '9')
        return false;
    char *end;
    errno = 0;
    unsigned long value = strtoul(text, &end, 10);
    if (errno != 0 || *end != '\0' || value < 1 || value > MOST_SECONDS)
        return false;
    *seconds = (unsigned)value;
    return true;
}

/* The life of a child. */
static void download(const struct download *d)
{
    say("[Process %d] Starting download...\n", d->ordinal);
    unsigned left = d->seconds;
    while (left > 0)
        left = sleep(left);
    say("[Process %d] Finished downloading in %u seconds.\n", d->ordinal,
        d->seconds);
}

static bool start(struct download *d)
{
    d->pid = fork();
    if (d->pid == 0) {
        download(d);
        _exit(EXIT_SUCCESS);
    }
    if (d->pid == -1)
        warn("cannot start download %d", d->ordinal);
    return d->pid != -1;
}

/* Waits for a child; true if it succeeded. */
static bool join(const struct download *d)
{
    int status;
    while (waitpid(d->pid, &status, 0) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "waitpid");
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS)
        return true;
    warnx("download %d failed", d->ordinal);
    return false;
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? argc - 1 : 0;
    struct download *downloads = calloc((size_t)n + 1, sizeof *downloads);
    if (!downloads)
        err(EXIT_FAILURE, "calloc");
    for (int i = 0; i < n; i++) {
        downloads[i].ordinal = i + 1;
        if (!parse_seconds(argv[i + 1], &downloads[i].seconds))
            errx(EXIT_USAGE, "%s: not a number of seconds from 1 to %d",
                 argv[i + 1], MOST_SECONDS);
    }

    /* First start them all, then wait: a wait in the first loop would make
     * the downloads run one after the other. */
    int started = 0;
    while (started < n && start(&downloads[started]))
        started++;
    bool well = started == n;
    for (int i = 0; i < started; i++) {
        if (!join(&downloads[i]))
            well = false;
    }
    free(downloads);
    if (!well)
        return EXIT_FAILURE;
    say("All downloads completed successfully!\n");
    return EXIT_SUCCESS;
}
