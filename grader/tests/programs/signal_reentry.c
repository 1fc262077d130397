// many signals from several senders to one handler: real-time signals are
// counted to the last one
#include "subject.h"

static volatile sig_atomic_t count, sum;

static void handler(int sig, siginfo_t *info, void *context)
{
    (void)sig, (void)context;
    count++;
    sum += info->si_value.sival_int;
}

static void sender(void)
{
    for (int i = 1; i <= 25; i++)
        must(sigqueue(getppid(), SIGRTMIN, (union sigval){.sival_int = i}),
             "sigqueue");
}

int main(void)
{
    sigset_t none;
    sigemptyset(&none);
    on_info(SIGRTMIN, handler, SA_RESTART);
    block(SIGRTMIN);
    for (int i = 0; i < 4; i++)
        start(sender);
    while (count < 100)
        sigsuspend(&none);
    while (wait(NULL) > 0)
        ;
    say("%d signals, sum %d\n", count, sum);
}
