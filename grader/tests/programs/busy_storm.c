// A thread computes without end while another one sends it signals, each of
// which its handler answers: a sleep beside them ends all the same
#include "subject.h"
#include <pthread.h>
#include <semaphore.h>
#include <stdatomic.h>

static atomic_bool over;
static sem_t handled;
static pthread_t computing;

static void answer(int sig)
{
    (void)sig;
    sem_post(&handled);
}

static void *compute(void *unused)
{
    while (!over)
        ;
    return unused;
}

static void *send_signals(void *unused)
{
    while (!over) {
        sem_wait(&handled);
        pthread_kill(computing, SIGUSR1);
    }
    return unused;
}

int main(void)
{
    pthread_t sending;
    on(SIGUSR1, answer, 0);
    sem_init(&handled, 0, 1);
    pthread_create(&computing, NULL, compute, NULL);
    pthread_create(&sending, NULL, send_signals, NULL);
    nap(1000);
    over = true;
    sem_post(&handled);
    pthread_join(sending, NULL);
    pthread_join(computing, NULL);
    say("over\n");
}
