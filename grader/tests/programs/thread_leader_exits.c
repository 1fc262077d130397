// pthread_exit(3) in main: the leader is a zombie, the process lives on and
// ends with the code that another thread gives to exit(3)
#include "subject.h"
#include <pthread.h>

static void *body(void *arg)
{
    (void)arg;
    await_state(getpid(), 'Z');
    say("leader is a zombie, kill(pid, 0): %d\n", kill(getpid(), 0));
    nap(30);
    exit(21);
}

static void child(void)
{
    pthread_t thread;
    pthread_create(&thread, NULL, body, NULL);
    pthread_exit(NULL);
}

int main(void)
{
    pid_t pid = start(child);
    await_state(pid, 'Z');
    int status = 0;
    while (waitpid(pid, &status, WNOHANG) == 0)
        nap(5);
    say("%s\n", how(status));
}
