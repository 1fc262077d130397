// getrandom(2), /dev/urandom, AT_RANDOM: there are bytes, and they differ
#include "subject.h"
#include <sys/auxv.h>
#include <sys/random.h>

int main(void)
{
    char a[16], b[16], c[16];
    say("%zd %zd\n", getrandom(a, sizeof a, 0), getrandom(b, sizeof b, 0));
    say("differ: %s\n", yes(memcmp(a, b, sizeof a) != 0));
    int fd = must(open("/dev/urandom", O_RDONLY), "open");
    must((int)read(fd, c, sizeof c), "read");
    say("differ: %s\n", yes(memcmp(a, c, sizeof a) != 0));
    const char *at = (const char *)getauxval(AT_RANDOM);
    say("AT_RANDOM: %s\n", yes(at && memcmp(at, a, sizeof a) != 0));
}
