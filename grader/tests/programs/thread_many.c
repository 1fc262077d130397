// 30 threads, one after the other and then all at once, and an end of main by
// return while some still wait
#include "subject.h"
#include <pthread.h>

static _Atomic int n;

static void *count(void *arg)
{
    n++;
    return arg;
}

static void *wait_forever(void *arg)
{
    n++;
    pause();
    return arg;
}

int main(void)
{
    pthread_t thread[30];
    for (int i = 0; i < 30; i++) {
        pthread_create(&thread[i], NULL, count, NULL);
        pthread_join(thread[i], NULL);
    }
    say("one after the other: %d\n", n);
    for (int i = 0; i < 30; i++)
        pthread_create(&thread[i], NULL, count, NULL);
    for (int i = 0; i < 30; i++)
        pthread_join(thread[i], NULL);
    say("at once: %d\n", n);
    for (int i = 0; i < 5; i++)
        pthread_create(&thread[i], NULL, wait_forever, NULL);
    while (n < 65)
        nap(1);
    return 12;
}
