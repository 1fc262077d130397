// exit(3) in any thread ends them all, wherever they are; when several race
// there is still one exit code
#include "subject.h"
#include <pthread.h>

static pthread_barrier_t barrier;

static void *racer(void *arg)
{
    pthread_barrier_wait(&barrier);
    _exit((int)(long)arg);
}

static void *sleeper(void *arg)
{
    for (;;)
        sleep(1000);
    return arg;
}

static void child(void)
{
    pthread_t thread;
    pthread_barrier_init(&barrier, NULL, 5);
    for (long i = 0; i < 4; i++)
        pthread_create(&thread, NULL, racer, (void *)(i + 10));
    pthread_create(&thread, NULL, sleeper, NULL);
    pthread_barrier_wait(&barrier);
    pthread_join(thread, NULL);
}

int main(void)
{
    int good = 0;
    for (int i = 0; i < 10; i++) {
        int status = reap(start(child));
        good += WIFEXITED(status) && WEXITSTATUS(status) >= 10 &&
                WEXITSTATUS(status) < 14;
    }
    say("ended with the code of one of them: %d of 10\n", good);
}
