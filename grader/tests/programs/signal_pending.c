// blocked signals are pending; a standard one is kept once, real-time ones are
// all kept, in order, the lowest number first
#include "subject.h"

static void handler(int sig, siginfo_t *info, void *context)
{
    (void)context;
    if (sig >= SIGRTMIN)
        say("SIGRTMIN+%d value %d\n", sig - SIGRTMIN, info->si_value.sival_int);
    else
        say("SIG%s\n", sigabbrev_np(sig));
}

static void watch(int sig)
{
    struct sigaction action = {.sa_sigaction = handler, .sa_flags = SA_SIGINFO};
    sigfillset(&action.sa_mask);
    sigaction(sig, &action, NULL);
}

int main(void)
{
    sigset_t all, pending;
    sigfillset(&all);
    watch(SIGUSR1);
    watch(SIGRTMIN + 1);
    watch(SIGRTMIN + 2);
    sigprocmask(SIG_BLOCK, &all, NULL);
    for (int i = 0; i < 3; i++) {
        sigqueue(getpid(), SIGRTMIN + 2, (union sigval){.sival_int = i});
        sigqueue(getpid(), SIGRTMIN + 1, (union sigval){.sival_int = 10 + i});
        kill(getpid(), SIGUSR1);
    }
    sigpending(&pending);
    say("pending: USR1 %s, ", yes(sigismember(&pending, SIGUSR1)));
    say("USR2 %s\n", yes(sigismember(&pending, SIGUSR2)));
    for (int i = 0; i < 7; i++) { /* one at a time, from a blocking wait */
        siginfo_t info;
        int sig = sigwaitinfo(&all, &info);
        handler(sig, &info, NULL);
    }
    sigpending(&pending);
    say("nothing left: %s\n", yes(sigisemptyset(&pending)));
}
