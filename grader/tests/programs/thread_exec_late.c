/* A thread execs while its leader has been waiting for it for long; an alarm
 * that it set rings in the new program. */
#include "subject.h"

#include <pthread.h>

static void *body(void *arg)
{
    nap(50);
    alarm(1);
    execl("/bin/sh", "sh", "-c", "trap 'echo alarm' ALRM; sleep 1.5; echo end",
          NULL);
    return arg;
}

static void leader(void)
{
    pthread_t id;
    pthread_create(&id, NULL, body, NULL);
    pthread_join(id, NULL);
    say("not here\n");
}

int main(void)
{
    pid_t pid = start(leader);
    say("%s\n", how(reap(pid)));
    return 0;
}
