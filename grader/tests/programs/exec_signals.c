// execve(2): handlers become the default; ignored signals, the mask and what is
// pending stay
#include "subject.h"

static void handler(int sig)
{
    (void)sig;
}

static const char *disposition(int sig)
{
    struct sigaction a;
    sigaction(sig, NULL, &a);
    return a.sa_handler == SIG_DFL   ? "default"
           : a.sa_handler == SIG_IGN ? "ignored"
                                     : "handled";
}

static void show(const char *when)
{
    sigset_t mask, pending;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    sigpending(&pending);
    say("%s: USR1 %s, ", when, disposition(SIGUSR1));
    say("USR2 %s, CHLD %s, ", disposition(SIGUSR2), disposition(SIGCHLD));
    say("TERM blocked %s, ", yes(sigismember(&mask, SIGTERM)));
    say("TERM pending %s\n", yes(sigismember(&pending, SIGTERM)));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        show("after");
        unblock(SIGTERM);
        return 1; /* not reached: the pending SIGTERM kills */
    }
    on(SIGUSR1, handler, 0);
    on(SIGUSR2, SIG_IGN, 0);
    on(SIGCHLD, SIG_IGN, 0);
    block(SIGTERM);
    raise(SIGTERM);
    show("before");
    execl(argv[0], argv[0], "again", NULL);
    err(99, "exec");
}
