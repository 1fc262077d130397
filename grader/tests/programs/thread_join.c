// pthread_join(3): results of threads; all share one pid, each its own tid
#include "subject.h"
#include <pthread.h>

static pid_t tid[4], pid[4];

static void *body(void *arg)
{
    long i = (long)arg;
    tid[i] = gettid();
    pid[i] = getpid();
    return (void *)(i * i);
}

int main(void)
{
    pthread_t thread[4];
    void *result;
    int same = 0, differ = 0;
    for (long i = 0; i < 4; i++)
        pthread_create(&thread[i], NULL, body, (void *)i);
    for (int i = 0; i < 4; i++) {
        pthread_join(thread[i], &result);
        say("thread %d returned %ld\n", i, (long)result);
        same += pid[i] == getpid();
        differ += tid[i] != getpid();
    }
    say("in my process: %d, with a tid that is not the pid: %d\n", same,
        differ);
    say("my tid is my pid: %s\n", yes(gettid() == getpid()));
}
