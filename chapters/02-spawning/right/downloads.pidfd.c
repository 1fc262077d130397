/* A pidfd for each child: poll() tells who has ended, waitid(P_PIDFD) reaps.
 * The child's "download" is an alarm() that it waits for. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 200 };

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end != '\0' || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static void download(int i, unsigned seconds)
{
    sigset_t set;
    int signal;
    sigemptyset(&set);
    sigaddset(&set, SIGALRM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    dprintf(1, "[Process %d] Starting download...\n", i);
    alarm(seconds);
    sigwait(&set, &signal);
    dprintf(1, "[Process %d] Finished downloading in %u seconds.\n", i,
            seconds);
}

int main(int argc, char **argv)
{
    struct pollfd ends[MOST];
    if (argc > MOST)
        errx(2, "too many downloads");
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0) {
            download(i, seconds_of(argv[i]));
            _exit(0);
        }
        ends[i - 1].fd = (int)syscall(SYS_pidfd_open, pid, 0);
        ends[i - 1].events = POLLIN;
        if (ends[i - 1].fd == -1)
            err(1, "pidfd_open");
    }
    int failures = 0;
    for (int left = argc - 1; left > 0;) {
        if (poll(ends, (nfds_t)(argc - 1), -1) == -1)
            err(1, "poll");
        for (int i = 0; i < argc - 1; i++) {
            siginfo_t info;
            if (ends[i].fd < 0 || !(ends[i].revents & POLLIN))
                continue;
            if (waitid(P_PIDFD, (id_t)ends[i].fd, &info, WEXITED) == -1)
                err(1, "waitid");
            failures += info.si_code != CLD_EXITED || info.si_status != 0;
            close(ends[i].fd);
            ends[i].fd = -1; /* poll() passes over it */
            left--;
        }
    }
    if (failures > 0)
        errx(1, "%d downloads failed", failures);
    dprintf(1, "All downloads completed successfully!\n");
    return 0;
}
