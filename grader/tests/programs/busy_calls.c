// calls that have an effect, made without end, do not stop the clock
#include "subject.h"
#include <pthread.h>

static volatile bool stop;

static void *pass_on(void *arg)
{
    int *fd = arg;
    char c = 0;
    while (!stop)
        if (write(fd[1], &c, 1) != 1 || read(fd[0], &c, 1) != 1)
            err(99, "pipe");
    return arg;
}

int main(void)
{
    int fd[2];
    pthread_t thread;
    must(pipe(fd), "pipe");
    pthread_create(&thread, NULL, pass_on, fd);
    nap(100);
    stop = true;
    pthread_join(thread, NULL);
    say("ended\n");
}
