// waitpid(2) for a process group: my own (0), another (-pgid); each child
// counts for the group that it is in now
#include "subject.h"

static void show(const char *what, pid_t r)
{
    say("%s: %s\n", what, r == -1 ? strerrorname_np(errno) : "a child");
}

static pid_t quick(bool own_group)
{
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        if (own_group)
            setpgid(0, 0);
        _exit(0);
    }
    siginfo_t info;
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    return pid;
}

int main(void)
{
    pid_t other = quick(true);
    show("mine", waitpid(0, NULL, 0));
    pid_t same = quick(false);
    pid_t r = waitpid(0, NULL, 0);
    show("mine", r);
    say("it is the one in my group: %s\n", yes(r == same));
    r = waitpid(-other, NULL, 0);
    show("the other's", r);
    say("it is that one: %s\n", yes(r == other));
    show("the other's", waitpid(-other, NULL, 0));
}
