// stdout and stderr are two streams; one put onto the other; both from children
#include "subject.h"

static void both(void)
{
    dprintf(STDOUT_FILENO, "child: out\n");
    dprintf(STDERR_FILENO, "child: err\n");
}

static void swapped(void)
{
    int out = dup(STDOUT_FILENO);
    dup2(STDERR_FILENO, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    close(out);
    both();
}

int main(void)
{
    printf("buffered\n");
    fprintf(stderr, "not buffered\n");
    fflush(stdout);
    reap(start(both));
    reap(start(swapped));
    perror("perror");
    system("echo shell out; echo shell err >&2; (echo swapped >&2) 2>&1");
    warnx("warnx");
    return 45;
}
