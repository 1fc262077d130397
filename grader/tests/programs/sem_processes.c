// semaphores between processes: unnamed in shared memory, and named
#include "subject.h"
#include <semaphore.h>
#include <sys/mman.h>

static sem_t *ping, *pong;

static void child(void)
{
    for (int i = 0; i < 10; i++) {
        sem_wait(ping);
        say("child %d\n", i);
        sem_post(pong);
    }
}

static void play(void)
{
    pid_t pid = start(child);
    for (int i = 0; i < 10; i++) {
        say("parent %d\n", i);
        sem_post(ping);
        sem_wait(pong);
    }
    reap(pid);
}

int main(void)
{
    char name[32];
    sem_t *pair = mmap(NULL, 4096, PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ping = &pair[0], pong = &pair[1];
    sem_init(ping, 1, 0);
    sem_init(pong, 1, 0);
    play();
    snprintf(name, sizeof name, "/subject-%d", getpid());
    ping = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
    if (ping == SEM_FAILED)
        err(99, "sem_open");
    sem_t *again = sem_open(name, O_CREAT | O_EXCL, 0600, 0);
    say("exists already: %s\n", yes(again == SEM_FAILED && errno == EEXIST));
    must(sem_unlink(name), "sem_unlink");
    sem_init(pong, 1, 0);
    play();
}
