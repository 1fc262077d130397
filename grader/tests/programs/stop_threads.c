// SIGSTOP stops every thread of a process, SIGCONT lets all go on
#include "subject.h"
#include <pthread.h>
#include <sys/mman.h>

static _Atomic long *count;

static void *body(void *arg)
{
    for (;;) {
        ++*(_Atomic long *)arg;
        nap(2);
    }
    return NULL;
}

static void child(void)
{
    pthread_t thread;
    for (int i = 0; i < 3; i++)
        pthread_create(&thread, NULL, body, (void *)&count[i]);
    for (;;)
        pause();
}

static void await_progress(void)
{
    long was[3] = {count[0], count[1], count[2]};
    for (int i = 0; i < 3; i++)
        while (count[i] < was[i] + 3)
            nap(2);
}

int main(void)
{
    int status;
    count = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                 -1, 0);
    pid_t pid = start(child);
    await_progress();
    say("all three count\n");
    kill(pid, SIGSTOP);
    must(waitpid(pid, &status, WUNTRACED), "waitpid");
    nap(10);
    long was = count[0] + count[1] + count[2];
    nap(60);
    say("%s, none counts: %s\n", how(status),
        yes(count[0] + count[1] + count[2] == was));
    kill(pid, SIGCONT);
    await_progress();
    say("all three count\n");
    kill(pid, SIGTERM);
    say("%s\n", how(reap(pid)));
}
