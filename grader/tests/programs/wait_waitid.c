// waitid(2): looking without reaping, by pid, by group, by anyone, stops and
// continuations
#include "subject.h"

static siginfo_t info;

static void show(const char *what, int r)
{
    static const char *const code[] = {"none",     "exited",  "killed",
                                       "dumped",   "trapped", "stopped",
                                       "continued"};
    if (r == -1)
        say("%s: %s\n", what, strerrorname_np(errno));
    else
        say("%s: %s %d\n", what, code[info.si_code], info.si_status);
    memset(&info, 0, sizeof info);
}

static void quit(void)
{
    _exit(19);
}

static void stay(void)
{
    setpgid(0, 0);
    for (;;)
        pause();
}

int main(void)
{
    pid_t pid = start(quit);
    show("look", waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT));
    show("look again", waitid(P_ALL, 0, &info, WEXITED | WNOWAIT));
    show("take", waitid(P_PID, (id_t)pid, &info, WEXITED));
    show("gone", waitid(P_PID, (id_t)pid, &info, WEXITED));
    pid = start(stay);
    setpgid(pid, pid);
    show("nothing yet", waitid(P_ALL, 0, &info, WEXITED | WNOHANG));
    show("other group", waitid(P_PGID, (id_t)getpgrp(), &info, WEXITED));
    kill(pid, SIGSTOP);
    show("group", waitid(P_PGID, (id_t)pid, &info, WSTOPPED | WNOWAIT));
    show("group", waitid(P_PGID, (id_t)pid, &info, WSTOPPED | WEXITED));
    kill(pid, SIGCONT);
    show("any", waitid(P_ALL, 0, &info, WCONTINUED));
    kill(pid, SIGUSR1);
    show("any", waitid(P_ALL, 0, &info, WEXITED));
    show("no options", waitid(P_ALL, 0, &info, 0));
}
