/* A pidfd for each worker and one poll() for all: it tells who has ended, and
 * its time-out is the deadline.  A worker sleeps until a point in time, so that
 * an interrupted sleep is simply begun again. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 100 };

struct worker {
    char name[64];
    int seconds, steps;
    pid_t pid;
    int exit_code;
};

static struct worker list[MOST];
static struct pollfd fds[MOST]; /* fd -1: ended */
static int n;
static volatile sig_atomic_t stopping;

static void on_term(int sig)
{
    (void)sig;
    stopping = 1;
}

static void sleep_until(const struct timespec *when)
{
    while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, when, NULL) == EINTR)
        ;
}

static int work(const struct worker *w)
{
    struct sigaction action = {.sa_handler = on_term};
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigaction(SIGTERM, &action, NULL);
    sigprocmask(SIG_UNBLOCK, &term, NULL);
    char file[80];
    snprintf(file, sizeof file, "%s.part", w->name);
    if (creat(file, 0644) == -1)
        err(EXIT_FAILURE, "%s", file);
    dprintf(STDOUT_FILENO, "[%s] Started.\n", w->name);
    struct timespec when;
    clock_gettime(CLOCK_MONOTONIC, &when);
    int done = 0;
    do {
        when.tv_sec += w->seconds;
        sleep_until(&when);
        dprintf(STDOUT_FILENO, "[%s] Step %d of %d done.\n", w->name, ++done,
                w->steps);
    } while (done < w->steps && !stopping);
    if (done == w->steps) {
        dprintf(STDOUT_FILENO, "[%s] Finished.\n", w->name);
        return unlink(file) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
    }
    dprintf(STDOUT_FILENO, "[%s] Stopped after %d steps.\n", w->name, done);
    unlink(file);
    action.sa_handler = SIG_DFL;
    sigaction(SIGTERM, &action, NULL);
    kill(getpid(), SIGTERM);
    return EXIT_FAILURE;
}

/* Takes those that have ended within so many ms out of fds; returns how many
 * are left. */
static int take_ended(int ms)
{
    int left = 0;
    if (poll(fds, (nfds_t)n, ms) == -1 && errno != EINTR)
        err(EXIT_FAILURE, "poll");
    for (int i = 0; i < n; i++) {
        siginfo_t info = {.si_pid = 0};
        left += fds[i].fd >= 0;
        if (fds[i].fd < 0 || fds[i].revents == 0 ||
            waitid(P_PIDFD, (id_t)fds[i].fd, &info, WEXITED) == -1)
            continue;
        list[i].exit_code = info.si_code == CLD_EXITED ? info.si_status
                                                       : -info.si_status;
        close(fds[i].fd);
        fds[i].fd = -1;
        left--;
    }
    return left;
}

static long now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static void send_all(int sig)
{
    for (int i = 0; i < n; i++) {
        if (fds[i].fd < 0)
            continue;
        if (sig == SIGKILL)
            dprintf(STDOUT_FILENO, "%s did not stop in time!\n", list[i].name);
        if (syscall(SYS_pidfd_send_signal, fds[i].fd, sig, NULL, 0) == -1)
            warn("%s", list[i].name);
    }
}

static int start(const char *arg)
{
    struct worker *w = &list[n];
    if (sscanf(arg, "%63[^:]:%d:%d", w->name, &w->seconds, &w->steps) != 3)
        errx(2, "%s: not NAME:STEP_SECONDS:STEPS", arg);
    w->pid = fork();
    if (w->pid == 0)
        _exit(work(w));
    if (w->pid == -1) {
        warn("fork");
        return -1;
    }
    fds[n].fd = (int)syscall(SYS_pidfd_open, w->pid, 0);
    fds[n].events = POLLIN;
    if (fds[n].fd == -1)
        err(EXIT_FAILURE, "pidfd_open");
    n++;
    return 0;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > MOST)
        errx(2, "usage: graceful_stop GRACE NAME:STEP_SECONDS:STEPS ...");
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    sigprocmask(SIG_BLOCK, &term, NULL);
    int failed = 0;
    for (int i = 2; i < argc && !failed; i++)
        failed = start(argv[i]);
    sigprocmask(SIG_UNBLOCK, &term, NULL);

    while (!failed && getchar() != EOF)
        ;
    long deadline = now_ms() + 1000 * atol(argv[1]);
    dprintf(STDOUT_FILENO, "Stopping...\n");
    int left = take_ended(0);
    send_all(SIGTERM);
    while (left > 0 && now_ms() < deadline)
        left = take_ended((int)(deadline - now_ms()));
    send_all(SIGKILL);
    while (left > 0)
        left = take_ended(-1);
    for (int i = 0; i < n; i++) {
        char file[80];
        snprintf(file, sizeof file, "%.63s.part", list[i].name);
        if (list[i].exit_code == -SIGKILL)
            remove(file);
        printf("%s exit code: %d\n", list[i].name, list[i].exit_code);
    }
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
