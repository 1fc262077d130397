// setpgid(2): by parent or child, whoever comes first; what is refused
#include "subject.h"

static int hold[2];

static void child(void)
{
    close(hold[1]);
    must((int)read(hold[0], &(char){0}, 1), "read");
}

static void show(const char *what, int r)
{
    say("%s: %s\n", what, r == -1 ? strerrorname_np(errno) : "ok");
}

int main(void)
{
    char hello;
    int ready[2];
    must(pipe2(hold, O_CLOEXEC), "pipe");
    must(pipe(ready), "pipe");
    pid_t a = start(child), b = start(child);
    say("inherited: %s\n", yes(getpgid(a) == getpgrp()));
    show("own group for a", setpgid(a, 0));
    show("b into a's", setpgid(b, a));
    say("together: %s\n", yes(getpgid(b) == a && getpgid(a) == a));
    show("b back to mine", setpgid(b, getpgrp()));
    show("into no group", setpgid(b, b + 100000));
    show("my parent", setpgid(getppid(), 0));
    show("negative", setpgid(b, -1));
    pid_t c = must(fork(), "fork");
    if (c == 0) {
        dup2(ready[1], STDOUT_FILENO);
        dup2(hold[0], STDIN_FILENO);
        execlp("sh", "sh", "-c", "echo; read x", NULL);
        _exit(127);
    }
    must((int)read(ready[0], &hello, 1), "read");
    show("a child after exec", setpgid(c, c));
    close(hold[1]);
    reap(a), reap(b), reap(c);
    show("a reaped child", setpgid(c, c));
}
