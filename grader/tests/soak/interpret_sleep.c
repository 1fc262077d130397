/* Timed waits that nothing but a signal can end before their time. */
#include "interpret.h"

#include <linux/futex.h>
#include <poll.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/syscall.h>
#include <sys/timerfd.h>

/* What came of it: the result, or the error and the time left if the call
 * tells (left < 0: it does not). */
static void tell_wait(const char *how, long result, int error, long long left)
{
    if (result != -1)
        tell("%s gives %ld", how, result);
    else if (left < 0)
        tell("%s fails: %s", how, strerrorname_np(error));
    else
        tell("%s fails: %s, left %lld", how, strerrorname_np(error),
             units(left));
}

static long long ns_of(struct timespec t)
{
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static int milliseconds(long long until)
{
    return (int)((until - now_ns() + 999999) / 1000000);
}

static void by_nanosleep(const char *how, long long until)
{
    struct timespec t = spec(until - now_ns());
    int r = nanosleep(&t, &t);
    tell_wait(how, r, errno, ns_of(t));
}

static void by_clock(const char *how, long long until)
{
    struct timespec t = spec(until - now_ns());
    int e = clock_nanosleep(CLOCK_MONOTONIC, 0, &t, &t);
    tell_wait(how, e ? -1 : 0, e, ns_of(t));
}

static void by_absolute(const char *how, long long until)
{
    struct timespec t = spec(until);
    int e = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
    tell_wait(how, e ? -1 : 0, e, -1);
}

static void by_poll(const char *how, long long until)
{
    int r = poll(NULL, 0, milliseconds(until));
    tell_wait(how, r, errno, -1);
}

static void by_ppoll(const char *how, long long until)
{
    struct timespec t = spec(until - now_ns());
    int r = ppoll(NULL, 0, &t, NULL);
    tell_wait(how, r, errno, -1);
}

static void by_select(const char *how, long long until)
{
    long long us = (until - now_ns() + 999) / 1000;
    struct timeval t = {us / 1000000, us % 1000000};
    int r = select(0, NULL, NULL, NULL, &t);
    tell_wait(how, r, errno, t.tv_sec * 1000000000LL + t.tv_usec * 1000LL);
}

static void by_pselect(const char *how, long long until)
{
    struct timespec t = spec(until - now_ns());
    int r = pselect(0, NULL, NULL, NULL, &t, NULL);
    tell_wait(how, r, errno, -1);
}

static void by_epoll(const char *how, long long until)
{
    struct epoll_event event;
    int fd = must(epoll_create1(EPOLL_CLOEXEC), "epoll_create1");
    int r = epoll_wait(fd, &event, 1, milliseconds(until));
    tell_wait(how, r, errno, -1);
    close(fd);
}

static void by_semaphore(const char *how, long long until)
{
    sem_t sem;
    struct timespec t;
    sem_init(&sem, 0, 0);
    clock_gettime(CLOCK_REALTIME, &t);
    t = spec(ns_of(t) + until - now_ns());
    int r = sem_timedwait(&sem, &t);
    tell_wait(how, r, errno, -1);
}

static void by_futex(const char *how, long long until)
{
    int word = 0;
    struct timespec t = spec(until - now_ns());
    long r = syscall(SYS_futex, &word, FUTEX_WAIT, 0, &t, NULL, 0);
    tell_wait(how, r, errno, -1);
}

static void by_sigtimedwait(const char *how, long long until)
{
    sigset_t set = one(SIGUSR2);
    struct timespec t = spec(until - now_ns());
    int r = sigtimedwait(&set, NULL, &t);
    tell_wait(how, r, errno, -1);
}

static void by_timerfd(const char *how, long long until)
{
    uint64_t count;
    struct itimerspec t = {.it_value = spec(until)};
    int fd = must(timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC), "timerfd");
    timerfd_settime(fd, TFD_TIMER_ABSTIME, &t, NULL);
    ssize_t r = read(fd, &count, sizeof count);
    tell_wait(how, r, errno, -1);
    close(fd);
}

bool sleep_by(const char *how, long long phase)
{
    static const struct {
        const char *name;
        void (*wait)(const char *how, long long until);
    } ways[] = {
        {"nanosleep", by_nanosleep}, {"clock", by_clock},
        {"absolute", by_absolute},   {"poll", by_poll},
        {"ppoll", by_ppoll},         {"select", by_select},
        {"pselect", by_pselect},     {"epoll", by_epoll},
        {"sem", by_semaphore},       {"futex", by_futex},
        {"sigtimedwait", by_sigtimedwait}, {"timerfd", by_timerfd},
    };
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
        if (strcmp(how, ways[i].name) == 0) {
            ways[i].wait(how, next_ns(phase));
            return true;
        }
    return false;
}
