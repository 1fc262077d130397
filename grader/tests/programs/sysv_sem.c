// System V semaphores (semop(2)): waiting for a value, for zero, undoing at
// exit
#include "subject.h"
#include <sys/sem.h>

static int id;

static int op(short number, short flags)
{
    return semop(id, &(struct sembuf){0, number, flags}, 1);
}

static void giver(void)
{
    nap(40);
    op(2, 0);
}

static void undoer(void)
{
    op(-1, SEM_UNDO);
    say("while it lives: %d\n", semctl(id, 0, GETVAL));
}

static void waiter(void)
{
    _exit(op(-5, 0) == -1 && errno == EIDRM ? 71 : 72);
}

int main(void)
{
    id = must(semget(IPC_PRIVATE, 1, 0600), "semget");
    int r = op(-1, IPC_NOWAIT);
    say("nothing there: %d %s\n", r, strerrorname_np(errno));
    pid_t pid = start(giver);
    say("waited: %d\n", op(-2, 0));
    reap(pid);
    say("zero: %d\n", op(0, 0));
    op(3, 0);
    pid = start(undoer);
    reap(pid);
    say("undone: %d, last by it: %s\n", semctl(id, 0, GETVAL),
        yes(semctl(id, 0, GETPID) == pid));
    pid = start(waiter);
    while (semctl(id, 0, GETNCNT) == 0)
        nap(2);
    must(semctl(id, 0, IPC_RMID), "semctl");
    say("removed: %s\n", how(reap(pid)));
}
