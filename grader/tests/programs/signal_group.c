// killpg(3), kill(2) with a negative pid and with 0: a whole process group
#include "subject.h"

static pid_t group;
static int ready[2];

static void member(void)
{
    setpgid(0, group);
    must((int)write(ready[1], "x", 1), "write");
    for (;;)
        pause();
}

static void make_group(pid_t *pid)
{
    char c;
    group = 0;
    for (int i = 0; i < 3; i++) {
        pid[i] = start(member);
        setpgid(pid[i], group ? group : pid[i]);
        group = pid[0];
        must((int)read(ready[0], &c, 1), "read");
    }
}

static void suicide(void)
{
    setpgid(0, 0);
    if (must(fork(), "fork") == 0) {
        on(SIGTERM, SIG_IGN, 0);
        must(kill(0, SIGTERM), "kill");
        say("who ignores it lives\n");
        _exit(0);
    }
    for (;;)
        pause();
}

int main(void)
{
    pid_t pid[3];
    must(pipe(ready), "pipe");
    for (int how_to = 0; how_to < 2; how_to++) {
        make_group(pid);
        must(how_to ? kill(-group, SIGKILL) : killpg(group, SIGUSR2), "kill");
        for (int i = 0; i < 3; i++)
            say("%d: %s\n", i, how(reap(pid[i])));
        int r = killpg(group, 0);
        say("empty group: %d %s\n", r, strerrorname_np(errno));
    }
    int fds[2];
    char c;
    must(pipe(fds), "pipe");
    pid_t leader = start(suicide);
    close(fds[1]);
    close(ready[1]);
    while (read(fds[0], &c, 1) > 0)
        ; /* until both are gone */
    say("kill(0): %s\n", how(reap(leader)));
}
