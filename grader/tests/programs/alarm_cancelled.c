// an alarm that was cancelled or replaced does not ring
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t rang;

static void ring(int sig)
{
    (void)sig;
    rang++;
}

static void set(int n)
{
    struct itimerval t = {{0, 0}, {n / 1000, n % 1000 * 1000}};
    must(setitimer(ITIMER_REAL, &t, NULL), "setitimer");
}

int main(void)
{
    on(SIGALRM, ring, 0);
    set(200);
    alarm(0);
    nap(250);
    say("cancelled: rang %d\n", rang);
    set(100000);
    set(50);
    int64_t begin = now_ms();
    pause();
    say("replaced by a shorter one: rang %d, too early: %s\n", rang,
        yes(now_ms() - begin < 40));
    set(300);
    set(0);
    set(60000);
    nap(320);
    struct itimerval left;
    getitimer(ITIMER_REAL, &left);
    say("replaced by a longer one: rang %d, still set: %s\n", rang,
        yes(left.it_value.tv_sec > 0));
}
