/* A submission that leaves as much behind as it can: files, IPC objects, and
 * processes that no signal but SIGKILL ends.  Everything has the name or key
 * that test_killed.c looks for. */
#include <fcntl.h>
#include <mqueue.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ipc.h>
#include <sys/mman.h>
#include <sys/msg.h>
#include <sys/sem.h>
#include <sys/shm.h>
#include <unistd.h>

enum { KEY = 0x70726c62 };

static void litter_file(const char *directory)
{
    char path[4096];
    snprintf(path, sizeof path, "%s/proclab-litter", directory);
    close(open(path, O_CREAT | O_WRONLY, 0600));
}

static void litter(void)
{
    litter_file(".");
    litter_file("/tmp");
    litter_file(getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
    shm_open("/proclab-litter", O_CREAT | O_RDWR, 0600);
    mq_open("/proclab-litter", O_CREAT | O_RDWR, 0600, NULL);
    shmget(KEY, 4096, IPC_CREAT | 0600);
    semget(KEY, 1, IPC_CREAT | 0600);
    msgget(KEY, IPC_CREAT | 0600);
}

/* Double fork, own session, deaf. */
static void leave_daemon(void)
{
    if (fork() != 0)
        return;
    setsid();
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, SIG_IGN);
    if (fork() != 0)
        _exit(0);
    for (;;)
        sleep(1000);
}

int main(int argc, char **argv)
{
    litter();
    for (int i = 1; i < argc; i++)
        leave_daemon();
    return argv[argc - 1] == NULL;
}
