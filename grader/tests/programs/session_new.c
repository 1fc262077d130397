// setsid(2): a new session and group; refused to a group leader
#include "subject.h"

static pid_t parent;

static void child(void)
{
    say("my session is my parent's: %s\n", yes(getsid(0) == getsid(parent)));
    say("setsid gives my pid: %s\n", yes(setsid() == getpid()));
    say("session, group are mine: %s\n",
        yes(getsid(0) == getpid() && getpgrp() == getpid()));
    say("parent's session is another: %s\n", yes(getsid(parent) != getpid()));
    int r = setsid();
    say("again: %d %s\n", r, strerrorname_np(errno));
    r = setpgid(0, 0);
    say("setpgid of a session leader: %d %s\n", r, strerrorname_np(errno));
}

static void leader(void)
{
    setpgid(0, 0);
    pid_t r = setsid();
    say("setsid of a group leader: %d %s\n", r, strerrorname_np(errno));
}

static void stay(void)
{
    setsid();
    for (;;)
        pause();
}

int main(void)
{
    parent = getpid();
    reap(start(child));
    reap(start(leader));
    pid_t pid = start(stay);
    while (getsid(pid) != pid)
        nap(2);
    int r = setpgid(pid, getpgrp());
    say("setpgid across sessions: %d %s\n", r, strerrorname_np(errno));
    kill(pid, SIGTERM);
    say("kill across sessions: %s\n", how(reap(pid)));
    r = getsid(pid);
    say("getsid of the dead: %d %s\n", r, strerrorname_np(errno));
}
