/* What the subjects share.  A subject prints with say(), so that nothing waits
 * in a buffer when it forks; those about stdio use printf(). */
#ifndef PROCLAB_TESTS_SUBJECT_H
#define PROCLAB_TESTS_SUBJECT_H

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define say(...) dprintf(STDOUT_FILENO, __VA_ARGS__)

static inline const char *yes(bool so)
{
    return so ? "yes" : "no";
}

static inline int must(int result, const char *what)
{
    if (result == -1)
        err(99, "%s", what);
    return result;
}

static inline int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static inline struct timespec ms(int64_t n)
{
    return (struct timespec){n / 1000, n % 1000 * 1000000};
}

/* A moment n ms from now, for calls that take an absolute time. */
static inline struct timespec in_ms(clockid_t clock, int64_t n)
{
    struct timespec t;
    clock_gettime(clock, &t);
    int64_t ns = t.tv_nsec + n % 1000 * 1000000;
    return (struct timespec){t.tv_sec + n / 1000 + ns / 1000000000,
                             ns % 1000000000};
}

static inline void nap(int n)
{
    struct timespec t = ms(n);
    while (nanosleep(&t, &t) == -1 && errno == EINTR)
        ;
}

static inline pid_t start(void (*body)(void))
{
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        body();
        _exit(0);
    }
    return pid;
}

static inline int reap(pid_t pid)
{
    int status;
    while (waitpid(pid, &status, 0) == -1)
        if (errno != EINTR)
            err(99, "waitpid");
    return status;
}

/* A wait status in words; the text is overwritten by the next call. */
static inline const char *how(int status)
{
    static char text[32];
    if (WIFEXITED(status))
        snprintf(text, sizeof text, "exit %d", WEXITSTATUS(status));
    else if (WIFSIGNALED(status))
        snprintf(text, sizeof text, "killed by SIG%s",
                 sigabbrev_np(WTERMSIG(status)));
    else if (WIFSTOPPED(status))
        snprintf(text, sizeof text, "stopped by SIG%s",
                 sigabbrev_np(WSTOPSIG(status)));
    else
        snprintf(text, sizeof text, "continued");
    return text;
}

static inline void on(int sig, void (*handler)(int), int flags)
{
    struct sigaction action = {.sa_handler = handler, .sa_flags = flags};
    must(sigaction(sig, &action, NULL), "sigaction");
}

static inline void on_info(int sig, void (*handler)(int, siginfo_t *, void *),
                           int flags)
{
    struct sigaction action = {.sa_sigaction = handler,
                               .sa_flags = flags | SA_SIGINFO};
    must(sigaction(sig, &action, NULL), "sigaction");
}

static inline sigset_t one(int sig)
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, sig);
    return set;
}

static inline void block(int sig)
{
    sigset_t set = one(sig);
    sigprocmask(SIG_BLOCK, &set, NULL);
}

static inline void unblock(int sig)
{
    sigset_t set = one(sig);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* The state letter of proc(5), or '-' where there is no such process.  Stopped
 * is T; where there is a tracer the kernel says t, which is made T here. */
static inline char state_of(pid_t pid)
{
    char path[40], line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/stat", pid);
    int fd = open(path, O_RDONLY);
    if (fd == -1)
        return '-';
    ssize_t n = read(fd, line, sizeof line - 1);
    close(fd);
    char *end = n > 0 ? strrchr(line, ')') : NULL;
    char state = end ? end[2] : '-';
    return state == 't' ? 'T' : state;
}

static inline void await_state(pid_t pid, char state)
{
    while (state_of(pid) != state)
        nap(2);
}

/* Ends the program unless it runs below the observer's own init: before what
 * would empty the machine. */
static inline void only_if_confined(void)
{
    char name[16] = "";
    int fd = open("/proc/1/comm", O_RDONLY);
    if (fd == -1 || read(fd, name, sizeof name - 1) < 8 ||
        strncmp(name, "proclab-", 8) != 0) {
        say("not confined\n");
        exit(98);
    }
    close(fd);
}

#endif
