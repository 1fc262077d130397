// mmap(2): memory shared by four processes; atomic additions are all there;
// a private mapping is not shared
#include "subject.h"
#include <sys/mman.h>

static _Atomic int *shared, *private;

static void child(void)
{
    for (int i = 0; i < 10000; i++) {
        ++*shared;
        ++*private;
    }
}

static void *map(int flags)
{
    return mmap(NULL, 4096, PROT_READ | PROT_WRITE, flags | MAP_ANONYMOUS, -1,
                0);
}

int main(void)
{
    shared = map(MAP_SHARED);
    private = map(MAP_PRIVATE);
    for (int i = 0; i < 4; i++)
        start(child);
    while (wait(NULL) > 0)
        ;
    say("shared %d, private %d\n", *shared, *private);
}
