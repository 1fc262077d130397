// setitimer(2): a timer that rings five times; getitimer(2), old values
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t rang;
static volatile bool from_kernel = true;

static void ring(int sig, siginfo_t *info, void *context)
{
    (void)sig, (void)context;
    rang++;
    if (info->si_code != SI_KERNEL)
        from_kernel = false;
}

static bool between(struct timeval t, long low_ms, long high_ms)
{
    long n = t.tv_sec * 1000 + t.tv_usec / 1000;
    return n >= low_ms && n <= high_ms;
}

int main(void)
{
    struct itimerval t = {{0, 20000}, {0, 50000}}, old;
    sigset_t none;
    sigemptyset(&none);
    on_info(SIGALRM, ring, SA_RESTART);
    block(SIGALRM);
    int64_t begin = now_ms();
    setitimer(ITIMER_REAL, &t, NULL);
    while (rang < 5)
        sigsuspend(&none);
    say("at least 130 ms: %s\n", yes(now_ms() - begin >= 129));
    getitimer(ITIMER_REAL, &t);
    say("interval %ld us, left 0 to 20 ms: %s\n", t.it_interval.tv_usec,
        yes(between(t.it_value, 0, 20)));
    t = (struct itimerval){{0, 0}, {3000, 0}};
    setitimer(ITIMER_REAL, &t, &old);
    say("old interval %ld us\n", old.it_interval.tv_usec);
    setitimer(ITIMER_REAL, &(struct itimerval){0}, &old);
    say("old left 2900 to 3000 s: %s\n",
        yes(between(old.it_value, 2900000, 3000000)));
    say("from the kernel: %s\n", yes(from_kernel));
    t.it_value.tv_usec = 1000000;
    int r = setitimer(ITIMER_REAL, &t, NULL);
    say("bad value: %d %s\n", r, strerrorname_np(errno));
}
