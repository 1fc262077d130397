// never ends: the child that counts its input keeps a writing end open itself
#include "subject.h"

static int ends[2];

static void child(void)
{
    int n = 0;
    while (read(ends[0], &(char){0}, 1) == 1)
        n++;
    say("%d bytes\n", n);
}

int main(void)
{
    must(pipe(ends), "pipe");
    pid_t pid = start(child);
    must((int)write(ends[1], "abc", 3), "write");
    close(ends[1]);
    reap(pid);
}
