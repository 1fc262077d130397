// sigwaitinfo(2) in five threads at once: one signal wakes one of them, and
// none returns with less than a signal
#include "subject.h"
#include <pthread.h>

enum { THREADS = 5 };

static int errors, got;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *await(void *set)
{
    int sig = 0, error = sigwait(set, &sig);
    pthread_mutex_lock(&lock);
    errors += error != 0;
    got += sig == SIGUSR1;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static int taken(void)
{
    pthread_mutex_lock(&lock);
    int n = got + errors;
    pthread_mutex_unlock(&lock);
    return n;
}

int main(void)
{
    pthread_t threads[THREADS];
    sigset_t set = one(SIGUSR1);
    block(SIGUSR1);
    for (int i = 0; i < THREADS; i++)
        pthread_create(&threads[i], NULL, await, &set);
    for (int i = 0; i < THREADS; i++) {
        must(kill(getpid(), SIGUSR1), "kill");
        while (taken() == i)
            sched_yield();
    }
    for (int i = 0; i < THREADS; i++)
        pthread_join(threads[i], NULL);
    say("%d signals, %d errors\n", got, errors);
}
