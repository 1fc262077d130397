// pthread_mutex_timedlock(3), pthread_rwlock_timedrdlock(3) and
// pthread_timedjoin_np(3): in vain, then in time
#include "subject.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_rwlock_t rwlock = PTHREAD_RWLOCK_INITIALIZER;
static pthread_barrier_t ready;

static void *holder(void *arg)
{
    pthread_mutex_lock(&lock);
    pthread_rwlock_wrlock(&rwlock);
    pthread_barrier_wait(&ready);
    pthread_barrier_wait(&ready); /* the attempts in vain are over */
    nap(50);
    pthread_mutex_unlock(&lock);
    nap(50);
    pthread_rwlock_unlock(&rwlock);
    return arg;
}

static void try(const char *what, pthread_t thread, int n)
{
    struct timespec end = in_ms(CLOCK_REALTIME, n);
    int64_t begin = now_ms();
    int r = pthread_mutex_timedlock(&lock, &end);
    say("%s: mutex %s, ", what, r ? strerrorname_np(r) : "0");
    r = pthread_rwlock_timedrdlock(&rwlock, &end);
    say("rwlock %s, ", r ? strerrorname_np(r) : "0");
    r = pthread_timedjoin_np(thread, NULL, &end);
    say("join %s, ", r ? strerrorname_np(r) : "0");
    say("whole time: %s\n", yes(now_ms() - begin >= n - 1));
}

int main(void)
{
    pthread_t thread;
    pthread_barrier_init(&ready, NULL, 2);
    pthread_create(&thread, NULL, holder, NULL);
    pthread_barrier_wait(&ready);
    try("in vain", thread, 60);
    say("trylock: %s\n", strerrorname_np(pthread_mutex_trylock(&lock)));
    pthread_barrier_wait(&ready);
    try("in time", thread, 1000000);
}
