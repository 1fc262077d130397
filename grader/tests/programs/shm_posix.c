// shm_open(3): named shared memory of two processes
#include "subject.h"
#include <sys/mman.h>

static char name[40];

static char *attach(int flags)
{
    int fd = must(shm_open(name, O_RDWR | flags, 0600), "shm_open");
    must(ftruncate(fd, 4096), "ftruncate");
    char *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
    close(fd);
    return p;
}

static void child(void)
{
    strcpy(attach(0), "by name");
}

int main(void)
{
    snprintf(name, sizeof name, "/subject-shm-%d", getpid());
    char *text = attach(O_CREAT | O_EXCL);
    reap(start(child));
    say("%s\n", text);
    must(shm_unlink(name), "shm_unlink");
    int r = shm_open(name, O_RDWR, 0);
    say("unlinked: %d %s\n", r, strerrorname_np(errno));
}
