// a parent that spins with sched_yield(2), kill(pid, 0) and an empty
// non-blocking pipe until something has changed
#include "subject.h"
#include <sched.h>
#include <sys/mman.h>

static int ends[2];
static _Atomic int *flag;

static void child(void)
{
    nap(20);
    *flag = 1;
    nap(20);
    must((int)write(ends[1], "x", 1), "write");
    nap(20);
}

int main(void)
{
    char c;
    flag = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                -1, 0);
    must(pipe2(ends, O_NONBLOCK), "pipe2");
    on(SIGCHLD, SIG_IGN, 0);
    pid_t pid = start(child);
    while (!*flag)
        sched_yield();
    say("flag\n");
    while (read(ends[0], &c, 1) == -1 && errno == EAGAIN)
        ;
    say("pipe\n");
    while (kill(pid, 0) == 0)
        ;
    say("gone: %s\n", strerrorname_np(errno));
}
