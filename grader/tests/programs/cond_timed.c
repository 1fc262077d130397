// pthread_cond_timedwait(3) by the real-time and by the monotonic clock, in
// vain and signalled in time
#include "subject.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t cond;
static bool ready;

static void *signaller(void *arg)
{
    nap(40);
    pthread_mutex_lock(&lock);
    ready = true;
    pthread_cond_signal(&cond);
    pthread_mutex_unlock(&lock);
    return arg;
}

static void wait_for(const char *what, clockid_t clock, int n)
{
    struct timespec end = in_ms(clock, n);
    int64_t begin = now_ms();
    int r = 0;
    pthread_mutex_lock(&lock);
    while (!ready && r == 0)
        r = pthread_cond_timedwait(&cond, &lock, &end);
    pthread_mutex_unlock(&lock);
    say("%s: %s, ready %s, ", what, r ? strerrorname_np(r) : "0", yes(ready));
    say("whole time: %s\n", yes(now_ms() - begin >= n - 1));
}

static void try(const char *name, clockid_t clock)
{
    pthread_condattr_t attr;
    pthread_t thread;
    pthread_condattr_init(&attr);
    pthread_condattr_setclock(&attr, clock);
    pthread_cond_init(&cond, &attr);
    ready = false;
    wait_for(name, clock, 80);
    pthread_create(&thread, NULL, signaller, NULL);
    wait_for(name, clock, 1000000);
    pthread_join(thread, NULL);
    pthread_cond_destroy(&cond);
}

int main(void)
{
    try("realtime", CLOCK_REALTIME);
    try("monotonic", CLOCK_MONOTONIC);
}
