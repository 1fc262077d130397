// SIGPIPE: writing to a pipe that nobody reads kills, or fails with EPIPE
#include "subject.h"

static volatile sig_atomic_t calls;
static int ends[2];

static void count(int sig)
{
    (void)sig;
    calls++;
}

static void writer(void)
{
    must((int)write(ends[1], "x", 1), "write");
}

int main(void)
{
    must(pipe(ends), "pipe");
    close(ends[0]);
    say("default: %s\n", how(reap(start(writer))));
    on(SIGPIPE, SIG_IGN, 0);
    ssize_t n = write(ends[1], "x", 1);
    say("ignored: %zd %s\n", n, strerrorname_np(errno));
    on(SIGPIPE, count, 0);
    n = write(ends[1], "x", 1);
    say("handled: %zd %s, calls %d\n", n, strerrorname_np(errno), calls);
    signal(SIGPIPE, SIG_DFL);
    FILE *to = popen("exit 0", "w");
    nap(50);
    block(SIGPIPE);
    int full = 0;
    while (full != EOF)
        full = fputs("text", to) == EOF || fflush(to) == EOF ? EOF : 0;
    say("popen'ed command gone: %s\n", strerrorname_np(errno));
    pclose(to);
    unblock(SIGPIPE); /* the pending one kills */
}
