// pthread_barrier_wait(3): nobody goes on before all have come, round by round
#include "subject.h"
#include <pthread.h>

static pthread_barrier_t barrier;
static _Atomic int came[20], early, serial;

static void *body(void *arg)
{
    for (int round = 0; round < 20; round++) {
        came[round]++;
        int r = pthread_barrier_wait(&barrier);
        if (r == PTHREAD_BARRIER_SERIAL_THREAD)
            serial++;
        if (came[round] != 4)
            early++;
    }
    return arg;
}

int main(void)
{
    pthread_t thread[4];
    pthread_barrier_init(&barrier, NULL, 4);
    for (int i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, body, NULL);
    for (int i = 0; i < 4; i++)
        pthread_join(thread[i], NULL);
    say("went on early: %d, serial threads: %d\n", early, serial);
}
