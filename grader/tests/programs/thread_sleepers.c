// threads sleep at the same time, each as long as it asked for
#include "subject.h"
#include <pthread.h>

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static void *body(void *arg)
{
    int n = (int)(long)arg;
    nap(n);
    pthread_mutex_lock(&lock);
    say("slept %d\n", n);
    pthread_mutex_unlock(&lock);
    return NULL;
}

int main(void)
{
    static const long length[] = {300, 50, 175};
    pthread_t thread[3];
    int64_t begin = now_ms();
    for (int i = 0; i < 3; i++)
        pthread_create(&thread[i], NULL, body, (void *)length[i]);
    for (int i = 0; i < 3; i++)
        pthread_join(thread[i], NULL);
    say("at least 300 ms: %s\n", yes(now_ms() - begin >= 300));
}
