// mutexes and conditions: a bounded queue between two makers and two takers
#include "subject.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed = PTHREAD_COND_INITIALIZER;
static int queue[4], used;
static long taken, sum;

static void *make(void *arg)
{
    for (int i = 1; i <= 100; i++) {
        pthread_mutex_lock(&lock);
        while (used == 4)
            pthread_cond_wait(&changed, &lock);
        queue[used++] = i;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

static void *take(void *arg)
{
    for (int i = 0; i < 100; i++) {
        pthread_mutex_lock(&lock);
        while (used == 0)
            pthread_cond_wait(&changed, &lock);
        sum += queue[--used];
        taken++;
        pthread_cond_broadcast(&changed);
        pthread_mutex_unlock(&lock);
    }
    return arg;
}

int main(void)
{
    pthread_t thread[4];
    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, i < 2 ? make : take, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    say("taken %ld, sum %ld, left %d\n", taken, sum, used);
}
