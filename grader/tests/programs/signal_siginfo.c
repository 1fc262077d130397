// sigaction(2): siginfo_t tells who sent a signal, how, and which value
#include "subject.h"

static pid_t me;

static void handler(int sig, siginfo_t *info, void *context)
{
    (void)context;
    const char *code = info->si_code == SI_USER    ? "SI_USER"
                       : info->si_code == SI_TKILL ? "SI_TKILL"
                       : info->si_code == SI_QUEUE ? "SI_QUEUE"
                                                   : "another";
    say("SIG%s: %s, ", sigabbrev_np(sig), code);
    say("sent by myself %s, by my parent %s, ", yes(info->si_pid == getpid()),
        yes(info->si_pid == getppid()));
    say("by my uid %s, value %d\n", yes(info->si_uid == getuid()),
        info->si_code == SI_QUEUE ? info->si_value.sival_int : 0);
}

static void child(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int i = 0; i < 2; i++)
        sigsuspend(&none);
}

int main(void)
{
    me = getpid();
    on_info(SIGUSR1, handler, 0);
    on_info(SIGUSR2, handler, 0);
    kill(me, SIGUSR1);
    raise(SIGUSR1);
    sigqueue(me, SIGUSR1, (union sigval){.sival_int = 42});
    block(SIGUSR1);
    block(SIGUSR2);
    pid_t pid = start(child);
    kill(pid, SIGUSR1);
    await_state(pid, 'S');
    sigqueue(pid, SIGUSR2, (union sigval){.sival_int = -7});
    say("%s\n", how(reap(pid)));
}
