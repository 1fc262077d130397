// any thread may wait for a child of the process, and a wait blocks only the
// thread that calls it
#include "subject.h"
#include <pthread.h>

static int hold[2];

static void child(void)
{
    close(hold[1]);
    must((int)read(hold[0], &(char){0}, 1), "read");
    _exit(29);
}

static void *waiter(void *arg)
{
    *(int *)arg = reap(*(int *)arg);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    must(pipe(hold), "pipe");
    int value = start(child);
    pthread_create(&thread, NULL, waiter, &value);
    nap(20);
    say("leader goes on\n");
    close(hold[1]);
    pthread_join(thread, NULL);
    say("%s\n", how(value));
}
