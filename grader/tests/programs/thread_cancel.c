// pthread_cancel(3): a thread asleep is ended, its cleanup handler runs
#include "subject.h"
#include <pthread.h>

static void clean(void *arg)
{
    say("cleaning up %s\n", (char *)arg);
}

static void *body(void *arg)
{
    pthread_cleanup_push(clean, arg);
    for (;;)
        sleep(1000);
    pthread_cleanup_pop(1);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    void *result;
    pthread_create(&thread, NULL, body, "the sleeper");
    nap(20);
    int r = pthread_cancel(thread);
    pthread_join(thread, &result);
    say("cancel: %d\n", r);
    say("cancelled: %s\n", yes(result == PTHREAD_CANCELED));
}
