// a lock that is let go only around a poll without waiting, as an interpreter
// does it: whoever waits for it gets it in the end
#include "subject.h"
#include <poll.h>
#include <pthread.h>
#include <sys/wait.h>

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t free_now = PTHREAD_COND_INITIALIZER;
static bool locked, done;

static void take(void)
{
    pthread_mutex_lock(&mutex);
    while (locked) {
        struct timespec end = in_ms(CLOCK_REALTIME, 5);
        pthread_cond_timedwait(&free_now, &mutex, &end);
    }
    locked = true;
    pthread_mutex_unlock(&mutex);
}

static void let_go(void)
{
    pthread_mutex_lock(&mutex);
    locked = false;
    pthread_cond_signal(&free_now);
    pthread_mutex_unlock(&mutex);
}

static void *waits(void *name)
{
    take();
    say("%s has the lock\n", (char *)name);
    done = true;
    let_go();
    return NULL;
}

static void poll_in_vain(void)
{
    poll(NULL, 0, 0);
}

static void wait_in_vain(void)
{
    waitpid(-1, NULL, WNOHANG);
}

static void try(char *name, void (*in_vain)(void))
{
    pthread_t thread;
    done = false;
    take();
    must(pthread_create(&thread, NULL, waits, name), "pthread_create");
    while (!done) {
        now_ms();
        let_go();
        in_vain();
        take();
    }
    let_go();
    pthread_join(thread, NULL);
}

int main(void)
{
    try("around poll", poll_in_vain);
    try("around waitpid", wait_in_vain);
}
