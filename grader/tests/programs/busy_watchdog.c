// a watchdog far away spares a child that computes for a while
#include "subject.h"

static volatile sig_atomic_t rang;

static void ring(int sig)
{
    (void)sig;
    rang = 1;
}

static int64_t cpu_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void child(void)
{
    while (cpu_ms() < 120)
        for (volatile int i = 0; i < 100000000; i++)
            if (i % 100000 == 0 && cpu_ms() >= 120)
                break;
}

int main(void)
{
    on(SIGALRM, ring, 0);
    alarm(100);
    say("%s\n", how(reap(start(child))));
    say("rang: %s, left: %s\n", yes(rang), yes(alarm(0) > 50));
}
