// clone(2) with CLONE_FILES and CLONE_FS: one table of descriptors, one
// working directory and umask
#include "subject.h"
#include <sched.h>
#include <sys/stat.h>

static char stack[65536] __attribute__((aligned(16)));

static int body(void *arg)
{
    close(*(int *)arg);
    umask(0123);
    return chdir("/");
}

static void try(int flags)
{
    int fd = must(dup(STDOUT_FILENO), "dup");
    int here = must(open(".", O_RDONLY | O_DIRECTORY), "open");
    umask(022);
    pid_t pid = clone(body, stack + sizeof stack, flags | SIGCHLD, &fd);
    reap(must(pid, "clone"));
    char *dir = getcwd(NULL, 0);
    say("descriptor closed: %s, ", yes(fcntl(fd, F_GETFD) == -1));
    say("in /: %s, umask %03o\n", yes(strcmp(dir, "/") == 0), umask(022));
    must(fchdir(here), "fchdir");
    free(dir);
    close(here);
}

int main(void)
{
    try(0);
    try(CLONE_FILES);
    try(CLONE_FS);
    try(CLONE_FILES | CLONE_FS);
}
