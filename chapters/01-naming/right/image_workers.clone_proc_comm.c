/* clone() instead of fork(), the name written to /proc/self/comm, lines by
 * write(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { STACK = 64 * 1024 };

struct worker {
    char name[128], image[128];
    int seconds;
};

static int put(const char *format, ...)
{
    char line[400];
    va_list args;
    va_start(args, format);
    int len = vsnprintf(line, sizeof line, format, args);
    va_end(args);
    return write(STDOUT_FILENO, line, (size_t)len) == len ? 0 : 1;
}

static struct worker parse(const char *arg, int ordinal)
{
    struct worker w;
    int end = 0;
    const char *image = arg, *colon = strrchr(arg, ':');
    snprintf(w.name, sizeof w.name, "Process-%d", ordinal);
    if (strchr(arg, '=')) {
        image = strchr(arg, '=') + 1;
        if (sscanf(arg, "%100[^=]", w.name) != 1)
            errx(2, "%s: an empty name", arg);
    }
    if (!colon || colon <= image || colon[1] < '0' || colon[1] > '9' ||
        sscanf(colon + 1, "%5d%n", &w.seconds, &end) != 1 ||
        colon[1 + end] != '\0' || w.seconds < 1 || w.seconds > 3600)
        errx(2, "%s: not [NAME=]IMAGE:SECONDS", arg);
    snprintf(w.image, sizeof w.image, "%.*s", (int)(colon - image), image);
    return w;
}

static int work(void *argument)
{
    const struct worker *w = argument;
    int comm = open("/proc/self/comm", O_WRONLY);
    size_t len = strlen(w->name);
    if (comm == -1 || write(comm, w->name, len) != (ssize_t)len)
        return 1;
    close(comm);
    if (put("[%s] Starting to process %s...\n", w->name, w->image) != 0)
        return 1;
    struct timespec left = {.tv_sec = w->seconds};
    while (nanosleep(&left, &left) == -1)
        ;
    return put("[%s] Finished %s in %d seconds.\n", w->name, w->image,
               w->seconds);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        parse(argv[i], i);
    char *stack = malloc(STACK);
    if (!stack)
        err(1, "malloc");
    for (int i = 1; i < argc; i++) {
        struct worker w = parse(argv[i], i);
        if (clone(work, stack + STACK, SIGCHLD, &w) == -1) {
            warn("clone");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
    }
    put("All image processes started!\n\n");
    int failures = 0;
    for (int i = 1; i < argc; i++) {
        siginfo_t info;
        if (waitid(P_ALL, 0, &info, WEXITED) == -1)
            err(1, "waitid");
        failures += info.si_status != 0;
    }
    free(stack);
    if (failures > 0)
        errx(1, "%d workers failed", failures);
    return put("All images have been processed!\n");
}
