/* posix_spawnp() makes child, group and exec in one call and reports a command
 * that cannot be run as its result; poll() waits for the child by a pidfd.  Main
 * uses no signal, so there is no mask to put back. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static int spawn(char **command, pid_t *pid)
{
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&attributes, 0);
    int error =
        posix_spawnp(pid, command[0], NULL, &attributes, command, environ);
    posix_spawnattr_destroy(&attributes);
    return error;
}

/* poll() is not restarted after a signal: what is left is worked out anew. */
static int ends_before(int pidfd, const struct timespec *start, int seconds)
{
    struct pollfd fd = {.fd = pidfd, .events = POLLIN};
    for (;;) {
        struct timespec now;
        clock_gettime(CLOCK_MONOTONIC, &now);
        long gone = (now.tv_sec - start->tv_sec) * 1000 +
                    (now.tv_nsec - start->tv_nsec) / 1000000;
        long left = seconds * 1000L - gone;
        int n = poll(&fd, 1, left > 0 ? (int)left : 0);
        if (n >= 0)
            return n;
        if (errno != EINTR)
            err(125, "poll");
    }
}

int main(int argc, char **argv)
{
    int seconds, length = 0;
    if (argc < 3 || strlen(argv[1]) > 4 ||
        strspn(argv[1], "0123456789") != strlen(argv[1]) ||
        sscanf(argv[1], "%d%n", &seconds, &length) != 1 || seconds == 0 ||
        seconds > 3600)
        errx(125, "SECONDS COMMAND [ARG...] are wanted");

    pid_t pid;
    struct timespec start;
    clock_gettime(CLOCK_MONOTONIC, &start);
    int error = spawn(argv + 2, &pid);
    if (error != 0) {
        warnx("%s: %s", argv[2], strerror(error));
        if (error == EAGAIN || error == ENOMEM)
            return 125; /* no process */
        return error == ENOENT ? 127 : 126;
    }
    int pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (pidfd == -1)
        err(125, "pidfd_open");
    int in_time = ends_before(pidfd, &start, seconds);
    if (!in_time) {
        killpg(pid, SIGTERM);
        ends_before(pidfd, &start, seconds + 2);
        killpg(pid, SIGKILL);
    }
    siginfo_t info;
    if (waitid(P_PID, (id_t)pid, &info, WEXITED) == -1)
        err(125, "waitid");
    if (!in_time)
        return 124;
    return info.si_code == CLD_EXITED ? info.si_status : 128 + info.si_status;
}
