// threads that compute without end let the sleep of another end
#include "subject.h"
#include <pthread.h>

static volatile bool stop;

static void *compute(void *arg)
{
    while (!stop)
        ;
    return arg;
}

int main(void)
{
    pthread_t thread[2];
    for (int i = 0; i < 2; i++)
        pthread_create(&thread[i], NULL, compute, NULL);
    nap(200);
    stop = true;
    for (int i = 0; i < 2; i++)
        pthread_join(thread[i], NULL);
    say("all ended\n");
}
