/* SIGTERM from a signalfd, the worker's end from a pidfd, both in one poll(),
 * whose time limit is the pause. */
#define _GNU_SOURCE
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    struct signalfd_siginfo info;
    sigset_t set;
    if (argc < 3)
        errx(2, "usage: supervisor RESTARTS SECONDS:STATUS ...");
    setvbuf(stdout, NULL, _IOLBF, 0);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct pollfd fds[2] = {{signalfd(-1, &set, SFD_CLOEXEC), POLLIN, 0},
                            {-1, POLLIN, 0}};
    for (int n = 0;; n++) {
        int status, seconds = 0, code = 0, stop = 0;
        sscanf(argv[n + 2 < argc ? n + 2 : argc - 1], "%d:%d", &seconds, &code);
        puts("Worker started.");
        pid_t pid = fork();
        if (pid == -1)
            err(EXIT_FAILURE, "fork");
        if (pid == 0) {
            sigprocmask(SIG_UNBLOCK, &set, NULL);
            sleep((unsigned)seconds);
            if (code < 0)
                raise(-code);
            _exit(code);
        }
        fds[1].fd = (int)syscall(SYS_pidfd_open, pid, 0);
        while (poll(fds, 2, -1) >= 0 && !fds[1].revents) {
            if (read(fds[0].fd, &info, sizeof info) > 0 && !stop++)
                kill(pid, SIGTERM);
        }
        close(fds[1].fd);
        if (waitpid(pid, &status, 0) == -1)
            err(EXIT_FAILURE, "waitpid");
        if (!stop && status == 0)
            return puts("Worker finished.") == EOF;
        if (!stop && n == atoi(argv[1])) {
            puts("Giving up.");
            return EXIT_FAILURE;
        }
        if (!stop) {
            printf("Worker crashed (%d), restart in %d s.\n",
                   WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
                   1 << n);
            stop = poll(fds, 1, 1000 << n) == 1;
        }
        if (stop)
            return puts("Stopped.") == EOF;
    }
}
