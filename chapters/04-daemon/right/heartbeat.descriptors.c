/* Everything is a descriptor: a timerfd for the beats, a signalfd, one poll().
 */
#include <err.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static int log_fd = -1;

static void open_log(const char *name)
{
    int fd = open(name, O_WRONLY | O_APPEND | O_CREAT, 0644);
    if (fd == -1 || (log_fd != -1 && dup2(fd, log_fd) == -1))
        err(EXIT_FAILURE, "%s", name);
    if (log_fd == -1)
        log_fd = fd;
    else
        close(fd);
}

static void say(const char *text)
{
    if (write(log_fd, text, strlen(text)) == -1)
        err(EXIT_FAILURE, "log");
}

int main(int argc, char **argv)
{
    struct itimerspec every = {{1, 0}, {1, 0}};
    struct timespec work;
    char line[64];
    long beats = 0;
    sigset_t set;
    if (argc != 4)
        errx(2, "usage: heartbeat LOG PIDFILE WORK_MS");
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    struct pollfd fds[2] = {
        {timerfd_create(CLOCK_MONOTONIC, 0), POLLIN, 0},
        {signalfd(-1, &set, 0), POLLIN, 0},
    };
    timerfd_settime(fds[0].fd, 0, &every, NULL);
    work.tv_sec = 0;
    work.tv_nsec = strtol(argv[3], NULL, 10) * 1000000;
    int pid_fd = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0644);
    if (pid_fd == -1 || dprintf(pid_fd, "%d\n", getpid()) < 0)
        err(EXIT_FAILURE, "%s", argv[2]);
    close(pid_fd);
    open_log(argv[1]);
    say("Started.\n");
    for (;;) {
        struct signalfd_siginfo info;
        uint64_t times;
        if (poll(fds, 2, -1) == -1)
            err(EXIT_FAILURE, "poll");
        if (fds[0].revents && read(fds[0].fd, &times, sizeof times) > 0) {
            snprintf(line, sizeof line, "Beat %ld\n", ++beats);
            say(line);
            nanosleep(&work, NULL);
            continue;
        }
        if (!fds[1].revents || read(fds[1].fd, &info, sizeof info) < 0)
            continue;
        if (info.ssi_signo == SIGTERM)
            break;
        open_log(argv[1]);
        say("Log reopened.\n");
    }
    snprintf(line, sizeof line, "Goodbye after %ld beats.\n", beats);
    say(line);
    unlink(argv[2]);
    return EXIT_SUCCESS;
}
