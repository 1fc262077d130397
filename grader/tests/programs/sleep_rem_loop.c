// nanosleep(2) in a loop over its remainder sleeps the whole time, however
// often a handler interrupts it
#include "subject.h"
#include <sys/time.h>

static volatile sig_atomic_t rang;

static void ring(int sig)
{
    (void)sig;
    rang++;
}

int main(void)
{
    struct timespec left = ms(300);
    int interrupted = 0;
    on(SIGALRM, ring, 0);
    int64_t begin = now_ms();
    setitimer(ITIMER_REAL, &(struct itimerval){{0, 40000}, {0, 40000}}, NULL);
    while (nanosleep(&left, &left) == -1 && errno == EINTR)
        interrupted++;
    setitimer(ITIMER_REAL, &(struct itimerval){0}, NULL);
    say("300 ms: %s\n", yes(now_ms() - begin >= 299));
    say("interrupted: %s\n", yes(interrupted > 0 && interrupted <= rang));
}
