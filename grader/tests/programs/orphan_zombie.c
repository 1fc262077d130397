// a zombie whose parent ends is reaped by whoever adopts it
#include "subject.h"

static int line[2], hold[2];

static void nothing(void)
{
}

static void child(void)
{
    siginfo_t info;
    pid_t pid = start(nothing);
    waitid(P_PID, (id_t)pid, &info, WEXITED | WNOWAIT);
    must((int)write(line[1], &pid, sizeof pid), "write");
    must((int)read(hold[0], &(char){0}, 1), "read");
}

int main(void)
{
    pid_t zombie;
    must(pipe(line), "pipe");
    must(pipe(hold), "pipe");
    pid_t pid = start(child);
    must((int)read(line[0], &zombie, sizeof zombie), "read");
    say("zombie: state %c, kill(pid, 0): %d\n", state_of(zombie),
        kill(zombie, 0));
    must((int)write(hold[1], "x", 1), "write");
    reap(pid);
    while (kill(zombie, 0) == 0)
        nap(2);
    say("parent gone: %s\n", strerrorname_np(errno));
}
