/* Everything is a descriptor: a signalfd for SIGCHLD, a timerfd for the time,
 * and one epoll for both.  SIGCONT follows SIGTERM, so that a stopped command
 * hears it, too. */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <sys/signalfd.h>
#include <sys/timerfd.h>
#include <sys/wait.h>
#include <unistd.h>

static int epoll, children, timer;

static void watch(int fd)
{
    struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
    if (fd == -1 || epoll_ctl(epoll, EPOLL_CTL_ADD, fd, &event) == -1)
        err(125, "epoll");
}

static void set_timer(int seconds)
{
    struct itimerspec time = {.it_value.tv_sec = seconds};
    timerfd_settime(timer, 0, &time, NULL);
}

static bool over(pid_t pid)
{
    siginfo_t info = {.si_pid = 0};
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOHANG | WNOWAIT);
    return info.si_pid != 0;
}

/* One thing that happened; the timer is looked at first. */
static int next_event(void)
{
    struct epoll_event events[2];
    struct signalfd_siginfo info;
    uint64_t expirations;
    int n, which = children;
    while ((n = epoll_wait(epoll, events, 2, -1)) == -1)
        if (errno != EINTR)
            err(125, "epoll_wait");
    for (int i = 0; i < n; i++)
        if (events[i].data.fd == timer)
            which = timer;
    ssize_t got = which == timer
                      ? read(timer, &expirations, sizeof expirations)
                      : read(children, &info, sizeof info);
    if (got == -1)
        err(125, "read");
    return which;
}

static _Noreturn void become(char **command)
{
    sigset_t none;
    sigemptyset(&none);
    setpgid(0, getpid());
    sigprocmask(SIG_SETMASK, &none, NULL);
    execvp(*command, command);
    int error = errno;
    warn("cannot run %s", *command);
    _exit(error == ENOENT ? 127 : 126);
}

static long number(const char *text)
{
    long value = 0;
    for (; *text >= '0' && *text <= '9' && value <= 3600; text++)
        value = 10 * value + *text - '0';
    return *text ? 0 : value;
}

int main(int argc, char **argv)
{
    long seconds = argc > 2 ? number(argv[1]) : 0;
    if (seconds < 1 || seconds > 3600)
        errx(125, "usage: %s SECONDS COMMAND [ARG...]", argv[0]);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigprocmask(SIG_BLOCK, &set, NULL);
    epoll = epoll_create1(EPOLL_CLOEXEC);
    watch(children = signalfd(-1, &set, SFD_CLOEXEC));
    watch(timer = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC));

    pid_t pid = fork();
    if (pid == -1)
        err(125, "fork");
    if (pid == 0)
        become(argv + 2);
    setpgid(pid, pid);

    int expired = 0;
    set_timer((int)seconds);
    while (!over(pid) && expired < 2) {
        if (next_event() != timer)
            continue;
        if (++expired == 1) {
            kill(-pid, SIGTERM);
            kill(-pid, SIGCONT);
            set_timer(2);
        }
    }
    if (expired > 0)
        kill(-pid, SIGKILL);
    int status;
    waitpid(pid, &status, 0);
    if (expired > 0)
        return 124;
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
