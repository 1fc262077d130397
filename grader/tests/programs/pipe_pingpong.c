// two pipes, two processes, 500 rounds
#include "subject.h"

static int to[2], from[2];

static void child(void)
{
    int n;
    close(to[1]);
    while (read(to[0], &n, sizeof n) == sizeof n) {
        n++;
        must((int)write(from[1], &n, sizeof n), "write");
    }
}

int main(void)
{
    int n = 0;
    must(pipe(to), "pipe");
    must(pipe(from), "pipe");
    pid_t pid = start(child);
    for (int i = 0; i < 500; i++) {
        must((int)write(to[1], &n, sizeof n), "write");
        must((int)read(from[0], &n, sizeof n), "read");
    }
    close(to[1]);
    say("%d, %s\n", n, how(reap(pid)));
}
