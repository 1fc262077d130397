/* SIGCHLD is blocked and read from a signalfd, for which epoll waits; a child
 * is waited for by its place in an array of pids, with a second array of what
 * became of it.  Lines go out by one write() each. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 1000 };

static pid_t pids[MOST];
static int ended[MOST];

static void say(const char *line)
{
    for (size_t len = strlen(line); len > 0;) {
        ssize_t n = write(STDOUT_FILENO, line, len);
        if (n < 0)
            _exit(1);
        line += n;
        len -= (size_t)n;
    }
}

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static _Noreturn void download(int i, unsigned seconds, const sigset_t *mask)
{
    char line[100];
    sigprocmask(SIG_SETMASK, mask, NULL);
    snprintf(line, sizeof line, "[Process %d] Starting download...\n", i);
    say(line);
    sleep(seconds);
    snprintf(line, sizeof line,
             "[Process %d] Finished downloading in %u seconds.\n", i, seconds);
    say(line);
    _exit(0);
}

/* Asks each child that has not ended yet; how many have now. */
static int look_at_all(int n)
{
    int newly = 0, status;
    for (int i = 1; i <= n; i++) {
        if (ended[i] || waitpid(pids[i], &status, WNOHANG) != pids[i])
            continue;
        if (status != 0)
            errx(1, "download %d failed", i);
        ended[i] = 1;
        newly++;
    }
    return newly;
}

int main(int argc, char **argv)
{
    sigset_t child, before;
    struct epoll_event event = {.events = EPOLLIN};
    struct signalfd_siginfo info;
    if (argc > MOST)
        errx(2, "too many downloads");
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    int signals = signalfd(-1, &child, SFD_CLOEXEC);
    int epoll = epoll_create1(EPOLL_CLOEXEC);
    if (signals == -1 || epoll == -1 ||
        epoll_ctl(epoll, EPOLL_CTL_ADD, signals, &event) == -1)
        err(1, "signalfd, epoll");
    for (int i = 1; i < argc; i++) {
        pids[i] = fork();
        if (pids[i] == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pids[i] == 0)
            download(i, seconds_of(argv[i]), &before);
    }
    for (int left = argc - 1; left > 0;) {
        if (epoll_wait(epoll, &event, 1, -1) != 1 ||
            read(signals, &info, sizeof info) != (ssize_t)sizeof info)
            err(1, "epoll_wait, read");
        left -= look_at_all(argc - 1);
    }
    say("All downloads completed successfully!\n");
    return 0;
}
