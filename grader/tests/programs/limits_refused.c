// getrlimit(2), setrlimit(2): a process's own limits hold
#include "subject.h"
#include <sys/resource.h>

static void files(void)
{
    setrlimit(RLIMIT_NOFILE, &(struct rlimit){10, 10});
    while (dup(STDOUT_FILENO) != -1)
        ;
    say("descriptors: %s\n", strerrorname_np(errno));
}

static void size(void)
{
    setrlimit(RLIMIT_FSIZE, &(struct rlimit){10, 10});
    int fd =
        must(open("subject.big", O_RDWR | O_CREAT | O_TRUNC, 0600), "open");
    unlink("subject.big");
    say("10 of 20 bytes: %zd\n", write(fd, "0123456789abcdefghij", 20));
    must((int)write(fd, "more", 4), "write");
}

int main(void)
{
    say("%s\n", how(reap(start(files))));
    say("%s\n", how(reap(start(size))));
}
