// siglongjmp(3) out of a handler restores the mask, longjmp(3) does not
#include "subject.h"
#include <setjmp.h>

static sigjmp_buf place;

static void leave(int sig)
{
    siglongjmp(place, sig);
}

static bool blocked(void)
{
    sigset_t mask;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    return sigismember(&mask, SIGUSR1);
}

int main(void)
{
    on(SIGUSR1, leave, 0);
    for (int save = 1; save >= 0; save--) {
        volatile int jumps = 0;
        if (sigsetjmp(place, save) != 0)
            jumps++;
        else
            raise(SIGUSR1);
        say("mask saved %s: jumped %d, still blocked %s\n", yes(save), jumps,
            yes(blocked()));
        unblock(SIGUSR1);
    }
}
