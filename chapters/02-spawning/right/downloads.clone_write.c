/* clone() with a stack of its own for each child, SIGCHLD as exit signal and
 * nothing shared; lines by write(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STACK = 64 * 1024 };

struct download {
    int ordinal;
    int seconds;
};

/* A write may take a part of the line only. */
static int put(const char *line)
{
    size_t left = strlen(line);
    while (left > 0) {
        ssize_t n = write(STDOUT_FILENO, line, left);
        if (n == -1)
            return 1;
        line += n;
        left -= (size_t)n;
    }
    return 0;
}

static int download(void *argument)
{
    const struct download *d = argument;
    char line[100];
    snprintf(line, sizeof line, "[Process %d] Starting download...\n",
             d->ordinal);
    int failed = put(line);
    struct timespec end;
    clock_gettime(CLOCK_MONOTONIC, &end);
    end.tv_sec += d->seconds;
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &end, NULL) != 0)
        ;
    snprintf(line, sizeof line,
             "[Process %d] Finished downloading in %d seconds.\n", d->ordinal,
             d->seconds);
    return failed | put(line);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        char tail;
        int seconds;
        if (sscanf(argv[i], "%5d%c", &seconds, &tail) != 1 || seconds < 1 ||
            seconds > 3600 || strspn(argv[i], "0123456789") == 0)
            errx(2, "%s: not a number of seconds", argv[i]);
    }
    char *stack = malloc(STACK);
    if (!stack)
        err(1, "malloc");
    for (int i = 1; i < argc; i++) {
        /* Memory is not shared, so all children can use a copy of one. */
        struct download d = {i, atoi(argv[i])};
        if (clone(download, stack + STACK, SIGCHLD, &d) == -1) {
            warn("clone");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
    }
    int failures = 0;
    for (int i = 1; i < argc; i++) {
        int status;
        if (wait(&status) == -1)
            err(1, "wait");
        failures += status != 0;
    }
    free(stack);
    if (failures > 0)
        errx(1, "%d downloads failed", failures);
    return put("All downloads completed successfully!\n");
}
