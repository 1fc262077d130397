// flock(2): one holder; others wait, or are told EWOULDBLOCK; a death lets go
#include "subject.h"
#include <sys/file.h>

static int line[2];

static int open_lock(void)
{
    return must(open("subject.lock", O_RDWR | O_CREAT, 0600), "open");
}

static void holder(void)
{
    must(flock(open_lock(), LOCK_EX), "flock");
    must((int)write(line[1], "x", 1), "write");
    nap(80);
    raise(SIGKILL);
}

int main(void)
{
    must(pipe(line), "pipe");
    pid_t pid = start(holder);
    must((int)read(line[0], &(char){0}, 1), "read");
    int fd = open_lock();
    int r = flock(fd, LOCK_EX | LOCK_NB);
    say("held: %d %s\n", r, strerrorname_np(errno));
    r = flock(fd, LOCK_SH | LOCK_NB);
    say("shared: %d %s\n", r, strerrorname_np(errno));
    say("waiting: %d\n", flock(fd, LOCK_EX));
    say("holder: %s\n", how(reap(pid)));
    pid = must(fork(), "fork");
    if (pid == 0) /* the same open file description: held already */
        _exit(flock(fd, LOCK_EX | LOCK_NB) == 0 ? 1 : 2);
    say("inherited: %s\n", how(reap(pid)));
    unlink("subject.lock");
}
