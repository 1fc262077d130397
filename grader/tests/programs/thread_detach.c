// pthread_detach(3): a detached thread cannot be joined; it ends on its own
#include "subject.h"
#include <pthread.h>
#include <semaphore.h>

static sem_t done;

static void *body(void *arg)
{
    pthread_detach(pthread_self());
    nap((int)(long)arg);
    sem_post(&done);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    sem_init(&done, 0, 0);
    for (long i = 0; i < 3; i++)
        pthread_create(&thread, NULL, body, (void *)(i * 20));
    for (int i = 0; i < 3; i++)
        sem_wait(&done);
    say("all three posted\n");
    pthread_exit(NULL); /* the last thread's end is the process's: code 0 */
}
