// alarm(2): a handler ends pause(2) with EINTR; without one SIGALRM kills;
// set anew, asked for what is left, cancelled
#include "subject.h"

static volatile sig_atomic_t rang;

static void ring(int sig)
{
    (void)sig;
    rang++;
}

static void sleeper(void)
{
    alarm(1);
    for (;;)
        sleep(100);
}

int main(void)
{
    int64_t begin = now_ms();
    pid_t pid = start(sleeper);
    on(SIGALRM, ring, 0);
    say("none before: %u\n", alarm(1));
    int r = pause();
    say("pause: %d %s, rang %d\n", r, strerrorname_np(errno), rang);
    say("at least a second: %s\n", yes(now_ms() - begin >= 990));
    say("child: %s\n", how(reap(pid)));
    alarm(1000);
    unsigned left = alarm(5000);
    say("replaced, left of 1000: %s\n", yes(left > 900 && left <= 1000));
    left = alarm(0);
    say("cancelled, left of 5000: %s\n", yes(left > 4900 && left <= 5000));
    say("nothing left: %u, rang %d\n", alarm(0), rang);
}
