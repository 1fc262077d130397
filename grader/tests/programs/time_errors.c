// what the calls about time say to arguments that are wrong
#include "subject.h"
#include <sys/random.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/timerfd.h>

#define BAD ((void *)-1L)

static void tell(const char *what, long result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "done");
}

static void of_timers(void)
{
    int id = 0;
    struct sigevent event = {.sigev_notify = SIGEV_THREAD,
                             .sigev_signo = SIGUSR1};
    struct itimerspec wrong = {.it_value = {0, -1}};
    tell("create, thread", syscall(SYS_timer_create, 0, &event, &id));
    tell("settime, no time", syscall(SYS_timer_settime, id, 0, NULL, NULL));
    tell("settime, wrong", syscall(SYS_timer_settime, id, 0, &wrong, NULL));
    tell("settime, bad", syscall(SYS_timer_settime, id, 0, BAD, NULL));
    tell("gettime, bad", syscall(SYS_timer_gettime, id, BAD));
    tell("create, bad", syscall(SYS_timer_create, 0, &event, BAD));
    event.sigev_signo = 99;
    tell("create, signal", syscall(SYS_timer_create, 0, &event, &id));
}

static void of_descriptors(void)
{
    struct itimerspec s = {.it_value = {1, 0}};
    int fd = timerfd_create(CLOCK_MONOTONIC, 0);
    tell("timerfd, flags", syscall(SYS_timerfd_settime, fd, -1, &s, NULL));
    tell("timerfd, no time", syscall(SYS_timerfd_settime, fd, 0, NULL, NULL));
    tell("timerfd, no fd", syscall(SYS_timerfd_settime, -1, 0, &s, NULL));
    tell("timerfd, a pipe", syscall(SYS_timerfd_settime, 1, 0, &s, NULL));
}

static void of_intervals(void)
{
    struct itimerval long_ago = {.it_value = {-1, 0}}, now;
    struct itimerval far = {.it_value = {INT64_MAX, 0}};
    tell("getitimer, nowhere",
         syscall(SYS_getitimer, ITIMER_REAL, NULL));
    tell("getitimer, bad", syscall(SYS_getitimer, ITIMER_REAL, BAD));
    tell("getitimer, which", syscall(SYS_getitimer, 9, &now));
    tell("setitimer, negative",
         syscall(SYS_setitimer, ITIMER_REAL, &long_ago, NULL));
    tell("setitimer, far", syscall(SYS_setitimer, ITIMER_REAL, &far, NULL));
    tell("getitimer", syscall(SYS_getitimer, ITIMER_REAL, &now));
    say("years left: %s\n", yes(now.it_value.tv_sec > 1000000000));
    tell("setitimer, none", syscall(SYS_setitimer, ITIMER_REAL, NULL, NULL));
}

static void ring(int sig)
{
    (void)sig;
}

static void of_sleep(void)
{
    struct timespec second = ms(1000);
    on(SIGALRM, ring, 0);
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {0, 50000}}, NULL);
    tell("nanosleep, rest nowhere",
         syscall(SYS_nanosleep, &second, BAD));
    tell("nanosleep, bad", syscall(SYS_nanosleep, BAD, NULL));
    tell("clock_nanosleep, clock",
         syscall(SYS_clock_nanosleep, 99, 0, &second, NULL));
}

int main(void)
{
    char byte;
    of_timers();
    of_descriptors();
    of_intervals();
    of_sleep();
    tell("getrandom, flags", syscall(SYS_getrandom, &byte, 1, 64));
    tell("getrandom, bad", syscall(SYS_getrandom, BAD, 1, 0));
}
