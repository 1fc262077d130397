// observed only: the system calls of other ABIs, which the filter does not
// know by their numbers, are deadly
// expect: i386: killed by SIGSYS
// expect: x32: killed by SIGSYS
#include "subject.h"

#if !defined(__x86_64__)
#error "other machines have other ABIs: write them down here"
#endif

enum { I386_GETPID = 20, X32_GETPID = 0x40000000 + 39 };

static void by_i386(void)
{
    long result;
    __asm__ volatile("int $0x80" : "=a"(result) : "0"(I386_GETPID) : "memory");
    say("i386 answers\n");
}

static void by_x32(void)
{
    syscall(X32_GETPID);
    say("x32 answers\n");
}

int main(void)
{
    only_if_confined();
    say("i386: %s\n", how(reap(start(by_i386))));
    say("x32: %s\n", how(reap(start(by_x32))));
}
