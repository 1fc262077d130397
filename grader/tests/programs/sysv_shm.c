// System V shared memory (shmop(2)): attached over fork, lives as long as
// somebody has it after it was removed
#include "subject.h"
#include <sys/shm.h>

static char *text;

static void child(void)
{
    strcpy(text, "written by the child");
}

int main(void)
{
    struct shmid_ds ds;
    int id = must(shmget(IPC_PRIVATE, 4096, 0600), "shmget");
    text = shmat(id, NULL, 0);
    pid_t pid = start(child);
    reap(pid);
    must(shmctl(id, IPC_STAT, &ds), "shmctl");
    say("%s; attached %lu, last by it: %s\n", text, ds.shm_nattch,
        yes(ds.shm_lpid == pid));
    must(shmctl(id, IPC_RMID, NULL), "shmctl");
    say("removed: %s\n", text);
    shmdt(text);
    int r = (int)(intptr_t)shmat(id, NULL, 0);
    say("detached: %d %s\n", r, strerrorname_np(errno));
}
