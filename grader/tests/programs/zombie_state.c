// a child that has ended and was not waited for: state Z, it still has its pid,
// can be sent signals that do nothing; once reaped it is no more
#include "subject.h"

static void quit(void)
{
    _exit(8);
}

int main(void)
{
    siginfo_t info;
    char path[40], text[8];
    pid_t pid = start(quit);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    say("state %c\n", state_of(pid));
    say("kill 0: %d, kill KILL: %d\n", kill(pid, 0), kill(pid, SIGKILL));
    say("group is still mine: %s\n", yes(getpgid(pid) == getpgrp()));
    snprintf(path, sizeof path, "/proc/%d/cmdline", pid);
    int fd = must(open(path, O_RDONLY), "open");
    say("bytes of cmdline: %zd\n", read(fd, text, sizeof text));
    close(fd);
    say("%s\n", how(reap(pid)));
    int r = kill(pid, 0);
    say("reaped: %d %s, ", r, strerrorname_np(errno));
    say("state %c\n", state_of(pid));
}
