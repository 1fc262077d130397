// setuid(2), chown(2): who may become whom, and give a file to whom; one who is
// not root gets the same errors in a user namespace
#include "subject.h"
#include <sys/mman.h>

enum { SOMEONE = 4242 };

static void show(const char *what, int result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "ok");
}

int main(void)
{
    uid_t me = getuid();
    gid_t us = getgid();
    /* Root becomes another user first, if there is one. */
    if (me == 0 && setgid(1) == 0 && setuid(1) == 0)
        me = us = 1;
    int fd = must(memfd_create("file", 0), "memfd_create");
    show("setuid(me)", setuid(me));
    show("setgid(us)", setgid(us));
    show("setuid(someone)", setuid(SOMEONE));
    show("setgid(someone)", setgid(SOMEONE));
    show("setuid(-1)", setuid((uid_t)-1));
    show("setreuid(-1, -1)", setreuid((uid_t)-1, (uid_t)-1));
    show("setreuid(me, someone)", setreuid(me, SOMEONE));
    show("setregid(us, someone)", setregid(us, SOMEONE));
    show("setresuid(someone)", setresuid(SOMEONE, SOMEONE, SOMEONE));
    show("setresgid(someone)", setresgid(SOMEONE, SOMEONE, SOMEONE));
    show("fchown(to me)", fchown(fd, me, us));
    show("fchown(to someone)", fchown(fd, SOMEONE, SOMEONE));
    show("fchownat(bad flags)", fchownat(AT_FDCWD, "/", me, us, 1));
}
