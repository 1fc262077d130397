// pthread_kill(3) reaches one thread; a signal to the process reaches one that
// does not block it
#include "subject.h"
#include <pthread.h>
#include <semaphore.h>

static sem_t ready;
static _Atomic pid_t handled_by, waiter;
static volatile sig_atomic_t leave;

static void note(int sig)
{
    (void)sig;
    handled_by = gettid();
    leave = 1;
}

static void *body(void *arg)
{
    sigset_t none;
    sigemptyset(&none);
    waiter = gettid();
    sem_post(&ready);
    while (!leave)
        sigsuspend(&none);
    return arg;
}

static void try(const char *what, bool directed)
{
    pthread_t thread;
    leave = 0;
    pthread_create(&thread, NULL, body, NULL);
    sem_wait(&ready);
    if (directed)
        pthread_kill(thread, SIGUSR1);
    else
        kill(getpid(), SIGUSR1);
    pthread_join(thread, NULL);
    say("%s: handled by that thread: %s\n", what, yes(handled_by == waiter));
}

int main(void)
{
    sem_init(&ready, 0, 0);
    on(SIGUSR1, note, 0);
    block(SIGUSR1);
    try("pthread_kill", true);
    try("kill", false);
}
