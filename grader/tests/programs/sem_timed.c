// sem_timedwait(3): the whole time in vain, a post in time, a moment that is
// past; sem_wait(3) and handlers
#include "subject.h"
#include <pthread.h>
#include <semaphore.h>
#include <sys/time.h>

static sem_t sem;

static void *poster(void *arg)
{
    nap(40);
    sem_post(&sem);
    return arg;
}

static void ring(int sig)
{
    (void)sig;
}

static void ticking(bool so)
{
    int us = so ? 30000 : 0;
    setitimer(ITIMER_REAL, &(struct itimerval){{0, us}, {0, us}}, NULL);
}

static void try(const char *what, int n)
{
    struct timespec end = in_ms(CLOCK_REALTIME, n);
    int64_t begin = now_ms();
    int r = sem_timedwait(&sem, &end);
    say("%s: %d %s, ", what, r, r ? strerrorname_np(errno) : "");
    say("whole time: %s\n", yes(now_ms() - begin >= n - 1));
}

int main(void)
{
    pthread_t thread;
    sem_init(&sem, 0, 0);
    try("in vain", 80);
    try("no time", 0);
    pthread_create(&thread, NULL, poster, NULL);
    try("posted", 1000000);
    pthread_join(thread, NULL);
    on(SIGALRM, ring, 0);
    ticking(true);
    int r = sem_wait(&sem);
    ticking(false);
    say("sem_wait and a handler: %d %s\n", r, strerrorname_np(errno));
    on(SIGALRM, ring, SA_RESTART);
    pthread_create(&thread, NULL, poster, NULL);
    ticking(true);
    say("with SA_RESTART: %d\n", sem_wait(&sem));
    pthread_join(thread, NULL);
    r = sem_trywait(&sem);
    say("sem_trywait: %d %s\n", r, strerrorname_np(errno));
}
