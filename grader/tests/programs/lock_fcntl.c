// fcntl(2) record locks: who holds one, waiting for it, and a deadlock that the
// kernel sees
#include "subject.h"

static int fd, ready[2];

static int lock(int command, short type, off_t at)
{
    struct flock l = {.l_type = type, .l_start = at, .l_len = 1};
    return fcntl(fd, command, &l);
}

static void holder(void)
{
    lock(F_SETLK, F_WRLCK, 0);
    must((int)write(ready[1], "x", 1), "write");
    nap(60);
}

static void crosser(void)
{
    lock(F_SETLK, F_WRLCK, 1);
    must((int)write(ready[1], "x", 1), "write");
    _exit(lock(F_SETLKW, F_WRLCK, 0) == 0 ? 61 : 62);
}

int main(void)
{
    struct flock l = {.l_type = F_WRLCK, .l_len = 1};
    fd = must(open("subject.lock", O_RDWR | O_CREAT, 0600), "open");
    must(pipe(ready), "pipe");
    pid_t pid = start(holder);
    must((int)read(ready[0], &(char){0}, 1), "read");
    int r = lock(F_SETLK, F_WRLCK, 0);
    say("held: %d %s\n", r, strerrorname_np(errno));
    fcntl(fd, F_GETLK, &l);
    say("by that child: %s\n", yes(l.l_pid == pid));
    say("waiting: %d\n", lock(F_SETLKW, F_WRLCK, 0));
    reap(pid);
    pid = start(crosser);
    must((int)read(ready[0], &(char){0}, 1), "read");
    await_state(pid, 'S');
    r = lock(F_SETLKW, F_WRLCK, 1);
    say("deadlock: %d %s\n", r, strerrorname_np(errno));
    lock(F_SETLK, F_UNLCK, 0);
    say("crosser: %s\n", how(reap(pid)));
    unlink("subject.lock");
}
