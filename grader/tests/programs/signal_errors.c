// kill(2), sigaction(2), sigqueue(3): what is refused
#include "subject.h"

static void show(const char *what, int result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "ok");
}

static void nothing(int sig)
{
    (void)sig;
}

int main(void)
{
    struct sigaction action = {.sa_handler = nothing};
    pid_t pid = must(fork(), "fork");
    if (pid == 0)
        _exit(0);
    reap(pid);
    show("kill(me, 0)", kill(getpid(), 0));
    show("kill(parent, 0)", kill(getppid(), 0));
    show("kill(reaped, 0)", kill(pid, 0));
    show("kill(reaped, TERM)", kill(pid, SIGTERM));
    show("kill(me, 65)", kill(getpid(), 65));
    show("kill(me, -1)", kill(getpid(), -1));
    show("killpg(no such group)", killpg(pid, 0));
    show("sigqueue(reaped)", sigqueue(pid, SIGUSR1, (union sigval){0}));
    show("catch KILL", sigaction(SIGKILL, &action, NULL));
    show("catch STOP", sigaction(SIGSTOP, &action, NULL));
    show("catch 0", sigaction(0, &action, NULL));
    show("catch 65", sigaction(65, &action, NULL));
    show("read KILL", sigaction(SIGKILL, NULL, &action));
    block(SIGKILL);
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    say("KILL can be blocked: %s\n", yes(sigismember(&mask, SIGKILL)));
    if (geteuid() == 0)
        must(setuid(1), "setuid");
    show("kill(init, 0) as another user", kill(1, 0));
}
