// a process-shared robust mutex whose owner died: EOWNERDEAD, then consistent
#include "subject.h"
#include <pthread.h>
#include <sys/mman.h>

static pthread_mutex_t *lock;

static void child(void)
{
    pthread_mutex_lock(lock);
    raise(SIGKILL);
}

int main(void)
{
    pthread_mutexattr_t attr;
    lock = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                -1, 0);
    pthread_mutexattr_init(&attr);
    pthread_mutexattr_setpshared(&attr, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attr, PTHREAD_MUTEX_ROBUST);
    pthread_mutex_init(lock, &attr);
    say("owner: %s\n", how(reap(start(child))));
    say("lock: %s\n", strerrorname_np(pthread_mutex_lock(lock)));
    say("consistent: %d\n", pthread_mutex_consistent(lock));
    say("unlock: %d\n", pthread_mutex_unlock(lock));
    say("lock: %d\n", pthread_mutex_lock(lock));
}
