// never ends: thread after thread, none of which ends
#include <pthread.h>
#include <unistd.h>

static void *body(void *arg)
{
    for (;;)
        pause();
    return arg;
}

int main(void)
{
    pthread_t thread;
    for (;;)
        pthread_create(&thread, NULL, body, NULL);
}
