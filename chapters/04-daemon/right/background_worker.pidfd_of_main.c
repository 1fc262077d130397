/* Main opens a pidfd of itself before it forks; the daemons inherit it, and it
 * becomes readable when main has ended, however. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    char name[60];
    int daemon;
    int seconds;
    pid_t pid;
};

static void parse(const char *arg, struct worker *w)
{
    const char *colon = strrchr(arg, ':');
    const char *name = arg;
    if (colon && strncmp(arg, "daemon:", 7) == 0 && colon > arg + 6) {
        w->daemon = 1;
        name = arg + 7;
    }
    long length = colon ? colon - name : 0;
    if (length < 1 || length >= (long)sizeof w->name ||
        memchr(name, ':', (size_t)length))
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    memcpy(w->name, name, (size_t)length);
    size_t digits = strspn(colon + 1, "0123456789");
    w->seconds = digits < 6 ? atoi(colon + 1) : 0;
    if (colon[1 + digits] != '\0' || w->seconds < 1 || w->seconds > 3600)
        errx(2, "%s: bad number of seconds", arg);
}

static int work(const struct worker *w, int parent)
{
    setlinebuf(stdout);
    printf("[%s] Working%s...\n", w->name,
           w->daemon ? " in the background" : "");
    struct pollfd end = {.fd = parent, .events = POLLIN};
    if (poll(&end, w->daemon ? 1 : 0, 1000 * w->seconds) != 0)
        return 1;
    printf("[%s] Finished in %d seconds.\n", w->name, w->seconds);
    return 0;
}

int main(int argc, char **argv)
{
    struct worker *list = calloc((size_t)argc + 1, sizeof *list);
    if (!list)
        err(1, "calloc");
    for (int i = 1; i < argc; i++)
        parse(argv[i], &list[i]);
    setlinebuf(stdout);
    printf("Main process started.\n");
    int self = (int)syscall(SYS_pidfd_open, getpid(), 0);
    if (self == -1)
        err(1, "pidfd_open");
    for (int i = 1; i < argc; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0)
            _exit(work(&list[i], self));
    }
    int failures = 0;
    for (int i = 1; i < argc; i++) {
        int status = 0;
        if (!list[i].daemon && waitpid(list[i].pid, &status, 0) == -1)
            err(1, "waitpid");
        failures += status != 0;
    }
    printf("Main process finished.\n");
    free(list);
    return failures > 0;
}
