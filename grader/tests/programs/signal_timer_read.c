/* Signals of timers that are taken from a descriptor or by sigwaitinfo(2): what
 * they say of their sender, and how many were missed. */
#include "subject.h"

#include <sys/signalfd.h>
#include <sys/syscall.h>

static int from_descriptor(int fd)
{
    struct signalfd_siginfo s;
    if (read(fd, &s, sizeof s) != (ssize_t)sizeof s)
        err(99, "read");
    say("signal %d code %d pid %d value %d missed %d\n", (int)s.ssi_signo,
        s.ssi_code, (int)s.ssi_pid, s.ssi_int, (int)s.ssi_overrun);
    return (int)s.ssi_tid;
}

static void of_a_timer(int fd)
{
    int id;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGALRM,
                             .sigev_value.sival_int = 77};
    struct itimerspec spec = {ms(100), ms(100)};
    must((int)syscall(SYS_timer_create, CLOCK_MONOTONIC, &event, &id),
         "timer_create");
    must((int)syscall(SYS_timer_settime, id, 0, &spec, NULL), "settime");
    nap(350);
    say("its own: %s\n", yes(from_descriptor(fd) == id));
    say("overrun: %ld\n", syscall(SYS_timer_getoverrun, id));
    syscall(SYS_timer_delete, id);
}

/* The signal is taken, although there is no room for what is told of it. */
static void without_room(const sigset_t *set)
{
    siginfo_t info;
    alarm(1);
    long r = syscall(SYS_rt_sigtimedwait, set, (void *)8, NULL, 8);
    say("no room: %s\n", r == -1 ? strerrorname_np(errno) : "done");
    kill(getpid(), SIGALRM);
    sigwaitinfo(set, &info);
    say("code %d, from itself: %s\n", info.si_code,
        yes(info.si_pid == getpid()));
}

int main(void)
{
    sigset_t set = one(SIGALRM);
    block(SIGALRM);
    int fd = must(signalfd(-1, &set, 0), "signalfd");
    alarm(1);
    from_descriptor(fd);
    of_a_timer(fd);
    without_room(&set);
    return 0;
}
