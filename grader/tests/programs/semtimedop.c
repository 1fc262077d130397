// semtimedop(2): in vain, in time, and not woken by an ignored SIGCHLD
#include "subject.h"
#include <sys/sem.h>

static int id;

static void giver(void)
{
    nap(40);
    semop(id, &(struct sembuf){0, 1, 0}, 1);
}

static void nobody(void)
{
    nap(20);
}

static void try(const char *what, int n)
{
    struct timespec t = ms(n);
    int64_t begin = now_ms();
    int r = semtimedop(id, &(struct sembuf){0, -1, 0}, 1, &t);
    say("%s: %d %s, ", what, r, r ? strerrorname_np(errno) : "");
    say("whole time: %s\n", yes(now_ms() - begin >= n - 1));
}

int main(void)
{
    id = must(semget(IPC_PRIVATE, 1, 0600), "semget");
    try("in vain", 70);
    pid_t pid = start(giver);
    try("in time", 1000000);
    reap(pid);
    pid = start(nobody);
    try("a child ends", 100);
    reap(pid);
    must(semctl(id, 0, IPC_RMID), "semctl");
}
