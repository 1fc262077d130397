// waits 200 ms for SIGTERM, SIGHUP or SIGUSR1 and tells which came, and whether
// a process sent it
#include "subject.h"

int main(void)
{
    sigset_t set;
    siginfo_t info;
    struct timespec t = ms(200);
    sigemptyset(&set);
    sigaddset(&set, SIGTERM);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGUSR1);
    sigprocmask(SIG_BLOCK, &set, NULL);
    int sig = sigtimedwait(&set, &info, &t);
    if (sig == -1)
        say("nothing came: %s\n", strerrorname_np(errno));
    else
        say("SIG%s came, SI_USER: %s\n", sigabbrev_np(sig),
            yes(info.si_code == SI_USER));
    return sig == -1 ? 0 : 128 + sig;
}
