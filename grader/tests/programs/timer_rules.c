/* POSIX timers: what is refused, what is set all the same, what is left, and
 * times that are over already. */
#include "subject.h"

#include <sys/syscall.h>

static void *const nowhere = (void *)8;
static volatile sig_atomic_t rung;

static void ring(int sig)
{
    rung = sig;
}

static void told(const char *what, long result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "done");
}

static int make(int notify, int tid)
{
    int id = -1;
    struct sigevent event = {.sigev_notify = notify, .sigev_signo = SIGUSR1};
    event._sigev_un._tid = tid;
    if (syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id) == -1)
        say("timer_create: %s\n", strerrorname_np(errno));
    return id;
}

static void threads_that_are_not_there(void)
{
    make(SIGEV_THREAD_ID, 0);
    make(SIGEV_THREAD_ID, -1);
    make(SIGEV_THREAD_ID, 1);
    say("own: %s\n", yes(make(SIGEV_THREAD_ID, getpid()) >= 0));
}

static void set(int id, int64_t first, int64_t every, int flags)
{
    struct itimerspec spec = {ms(every), ms(first)};
    must((int)syscall(SYS_timer_settime, id, flags, &spec, NULL), "settime");
}

static void what_is_left(int id)
{
    struct itimerspec spec = {ms(0), ms(500)};
    told("no room for the old time",
         syscall(SYS_timer_settime, id, 0, &spec, nowhere));
    syscall(SYS_timer_gettime, id, &spec);
    say("is set: %s, less than half a second: %s\n",
        yes(spec.it_value.tv_nsec > 0), yes(spec.it_value.tv_nsec < 500000000));
    set(id, 0, 0, 0);
}

static void over_already(int id)
{
    say("rang by itself: %s\n", yes(rung));
    set(id, 1, 0, TIMER_ABSTIME);
    say("rang before the end of the call: %s\n", yes(rung));
}

static void many(void)
{
    int n = 0;
    while (n < 200 && make(SIGEV_SIGNAL, 0) >= 0)
        n++;
    say("%d timers\n", n);
}

static void as_fast_as_can_be(int id)
{
    siginfo_t info;
    sigset_t set = one(SIGUSR1);
    struct itimerspec spec = {{0, 1}, {0, 1}};
    block(SIGUSR1);
    must((int)syscall(SYS_timer_settime, id, 0, &spec, NULL), "settime");
    nap(50);
    sigwaitinfo(&set, &info);
    syscall(SYS_timer_delete, id);
    say("missed a million: %s\n", yes(info.si_overrun > 1000000));
}

int main(void)
{
    on(SIGUSR1, ring, 0);
    threads_that_are_not_there();
    int id = make(SIGEV_SIGNAL, 0);
    what_is_left(id);
    over_already(id);
    many();
    as_fast_as_can_be(id);
    return 0;
}
