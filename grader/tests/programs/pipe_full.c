// a pipe has room for 65536 bytes: a writer blocks until somebody reads
#include "subject.h"

static int ends[2];

static void writer(void)
{
    char block[10000];
    memset(block, 'x', sizeof block);
    close(ends[0]);
    for (int i = 0; i < 20; i++)
        if (write(ends[1], block, sizeof block) != sizeof block)
            _exit(1);
}

int main(void)
{
    char part[4096];
    long sum = 0;
    ssize_t n;
    must(pipe2(ends, O_NONBLOCK), "pipe2");
    while ((n = write(ends[1], part, sizeof part)) > 0)
        sum += n;
    say("room for %ld: %s\n", sum, strerrorname_np(errno));
    close(ends[0]), close(ends[1]);
    must(pipe(ends), "pipe");
    pid_t pid = start(writer);
    close(ends[1]);
    nap(30);
    say("writer waits: %s\n", yes(waitpid(pid, NULL, WNOHANG) == 0));
    for (sum = 0; (n = read(ends[0], part, sizeof part)) > 0;)
        sum += n;
    say("read %ld, %s\n", sum, how(reap(pid)));
}
