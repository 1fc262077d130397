// siginfo_t of SIGCHLD: why the child changed state
#include "subject.h"

static const char *const code[] = {"?",       "exited",  "killed",   "dumped",
                                   "trapped", "stopped", "continued"};
static pid_t pid;

static void await_news(void)
{
    siginfo_t info;
    sigset_t set = one(SIGCHLD);
    must(sigwaitinfo(&set, &info), "sigwaitinfo");
    say("%s, status %d, ", code[info.si_code], info.si_status);
    say("from my child %s\n", yes(info.si_pid == pid));
}

static void child(void)
{
    for (;;)
        pause();
}

static void quit(void)
{
    _exit(33);
}

int main(void)
{
    block(SIGCHLD);
    pid = start(child);
    kill(pid, SIGSTOP);
    await_news();
    kill(pid, SIGCONT);
    await_news();
    kill(pid, SIGTERM);
    await_news();
    say("%s\n", how(reap(pid)));
    pid = start(quit);
    await_news();
    say("%s\n", how(reap(pid)));
}
