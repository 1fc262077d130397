// sched_setaffinity: what was set is told, a child has it too, and the errors
#include "subject.h"
#include <sched.h>

static cpu_set_t all;

static void tell(const char *who)
{
    cpu_set_t set;
    sched_getaffinity(0, sizeof set, &set);
    say("%s: one CPU: %s\n", who, yes(CPU_COUNT(&set) == 1));
}

static void child(void)
{
    tell("child");
    exit(0);
}

static void fails(const char *what, int r)
{
    say("%s: %s\n", what, r == -1 ? strerrorname_np(errno) : "no error");
}

int main(void)
{
    cpu_set_t one, none;
    sched_getaffinity(0, sizeof all, &all);
    CPU_ZERO(&none);
    CPU_ZERO(&one);
    for (int i = 0; i < CPU_SETSIZE && CPU_COUNT(&one) == 0; i++)
        if (CPU_ISSET(i, &all))
            CPU_SET(i, &one);
    must(sched_setaffinity(0, sizeof one, &one), "sched_setaffinity");
    tell("parent");
    waitpid(start(child), NULL, 0);
    must(sched_setaffinity(0, sizeof all, &all), "sched_setaffinity");
    fails("of nobody", sched_getaffinity(-1, sizeof all, &all));
    fails("for nobody", sched_setaffinity(-1, sizeof one, &one));
    fails("no CPU", sched_setaffinity(0, sizeof none, &none));
}
