// an absolute sleep that is over when a stop ends, and another one made from
// the same place at once
#include "subject.h"

static int64_t begin;

/* Twice the same instruction with the same stack, as a loop does. */
static void sleep_twice(void)
{
    for (int i = 1; i <= 2; i++) {
        struct timespec t = {0, 0};
        int64_t until = begin + (i == 1 ? 50 : 800);
        t = ms(until);
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
        say("sleep %d ended in time: %s\n", i, yes(now_ms() >= until));
    }
}

int main(void)
{
    begin = now_ms();
    pid_t pid = start(sleep_twice);
    nap(20);
    kill(pid, SIGSTOP);
    nap(300);
    kill(pid, SIGCONT);
    say("%s\n", how(reap(pid)));
}
