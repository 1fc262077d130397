// fork(2) in a thread copies that thread alone, as the child's leader
#include "subject.h"
#include <dirent.h>
#include <pthread.h>
#include <semaphore.h>

static sem_t ready;

static int threads(void)
{
    DIR *dir = opendir("/proc/self/task");
    int n = 0;
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2;
}

static void child(void)
{
    say("child: threads %d, tid is pid: %s\n", threads(),
        yes(gettid() == getpid()));
    _exit(threads());
}

static void *body(void *arg)
{
    sem_wait(&ready);
    say("parent: threads %d, tid is pid: %s\n", threads(),
        yes(gettid() == getpid()));
    *(pid_t *)arg = start(child);
    return NULL;
}

int main(void)
{
    pid_t pid = 0;
    pthread_t thread;
    sem_init(&ready, 0, 0);
    pthread_create(&thread, NULL, body, &pid);
    sem_post(&ready);
    pthread_join(thread, NULL);
    say("leader may wait for it: %s\n", how(reap(pid)));
}
