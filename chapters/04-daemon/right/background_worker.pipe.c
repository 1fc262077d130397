/* Main holds the only write end of a pipe, and never writes.  When main is
 * gone, however, the kernel closes it, and poll() in the daemons returns. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 100 };

struct worker {
    bool daemon;
    char name[60];
    int seconds;
    pid_t pid;
};

static struct worker parse(const char *arg)
{
    struct worker w = {.daemon = false};
    int end = 0;
    if (sscanf(arg, "daemon:%59[^:]:%5d%n", w.name, &w.seconds, &end) == 2)
        w.daemon = true;
    else if (sscanf(arg, "%59[^:]:%5d%n", w.name, &w.seconds, &end) != 2)
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    const char *digits = strrchr(arg, ':') + 1;
    if (arg[end] != '\0' || *digits < '0' || *digits > '9' || w.seconds < 1 ||
        w.seconds > 3600)
        errx(2, "%s: not a number of seconds from 1 to 3600", arg);
    return w;
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1000L * now.tv_sec + now.tv_nsec / 1000000;
}

/* Works until it is done or main is gone; true if it is done. */
static bool work_in_background(int alive, long ms)
{
    struct pollfd end = {.fd = alive, .events = POLLIN};
    for (long until = now_ms() + ms; ms > 0; ms = until - now_ms()) {
        int ready = poll(&end, 1, (int)ms);
        if (ready == 1)
            return false;
        if (ready == 0)
            return true;
    }
    return true;
}

static int work(const struct worker *w, int alive)
{
    dprintf(1, "[%s] Working%s...\n", w->name,
            w->daemon ? " in the background" : "");
    if (w->daemon) {
        if (!work_in_background(alive, 1000L * w->seconds))
            return 1;
    } else {
        for (unsigned left = (unsigned)w->seconds; left > 0;)
            left = sleep(left);
    }
    dprintf(1, "[%s] Finished in %d seconds.\n", w->name, w->seconds);
    return 0;
}

int main(int argc, char **argv)
{
    struct worker list[MOST];
    int alive[2];
    if (argc > MOST)
        errx(2, "too many workers");
    for (int i = 1; i < argc; i++)
        list[i] = parse(argv[i]);
    if (pipe(alive) == -1)
        err(1, "pipe");
    dprintf(1, "Main process started.\n");
    for (int i = 1; i < argc; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0) {
            close(alive[1]); /* in every child, or the pipe has no end */
            _exit(work(&list[i], alive[0]));
        }
    }
    bool well = true;
    for (int i = 1; i < argc; i++) {
        int status = 0;
        if (!list[i].daemon && waitpid(list[i].pid, &status, 0) == -1)
            err(1, "waitpid");
        well = well && status == 0;
    }
    dprintf(1, "Main process finished.\n");
    return well ? 0 : 1;
}
