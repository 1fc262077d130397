// alarm(2) is not inherited by fork(2), and survives execve(2)
#include "subject.h"
#include <sys/time.h>

static bool is_set(void)
{
    struct itimerval left;
    must(getitimer(ITIMER_REAL, &left), "getitimer");
    return left.it_value.tv_sec || left.it_value.tv_usec;
}

static void child(void)
{
    say("in a child: %s\n", yes(is_set()));
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("after exec: %s\n", yes(is_set()));
        for (;;)
            pause(); /* and the alarm kills */
    }
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 0}, {1, 0}}, NULL);
    say("set: %s\n", yes(is_set()));
    reap(start(child));
    execl(argv[0], argv[0], "again", NULL);
}
