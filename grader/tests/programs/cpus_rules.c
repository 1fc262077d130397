/* CPUs: who is not there, whose thread, and where one really runs. */
#include "subject.h"

#include <pthread.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

static void told(const char *what, long result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "done");
}

static void *thread(void *number)
{
    *(pid_t *)number = gettid();
    pause();
    return NULL;
}

int main(void)
{
    cpu_set_t set, none;
    pthread_t id;
    volatile pid_t tid = 0;
    CPU_ZERO(&none);
    told("nobody", sched_getaffinity(99999999, sizeof set, &set));
    told("set nobody", sched_setaffinity(99999999, sizeof set, &none));
    told("nowhere", sched_setaffinity(0, sizeof set, &none));
    pthread_create(&id, NULL, thread, (void *)&tid);
    while (!tid)
        nap(1);
    CPU_ZERO(&set);
    CPU_SET(0, &set);
    told("thread", sched_setaffinity(tid, sizeof set, &set));
    sched_getaffinity(tid, sizeof set, &set);
    say("thread's CPUs: %d\n", CPU_COUNT(&set));
    told("dumpable", prctl(PR_SET_DUMPABLE, 0));
    say("is dumpable: %d\n", prctl(PR_GET_DUMPABLE));
    told("random and not", syscall(SYS_getrandom, &set, 4, 6));
    return 0;
}
