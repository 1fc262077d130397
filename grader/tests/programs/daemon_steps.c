// a daemon by the book (daemon(7)): fork, setsid, fork, chdir, umask,
// /dev/null; it reports through a pipe and ends
#include "subject.h"
#include <sys/stat.h>

static int line[2];

static void report(void)
{
    char *dir = getcwd(NULL, 0);
    char c;
    dprintf(line[1], "leads its session: %s\n", yes(getsid(0) == getpid()));
    dprintf(line[1], "in /: %s, umask %03o\n", yes(strcmp(dir, "/") == 0),
            umask(0));
    dprintf(line[1], "reads: %zd\n", read(STDIN_FILENO, &c, 1));
    dprintf(line[1], "terminal: %s\n", yes(open("/dev/tty", O_RDWR) != -1));
    free(dir);
}

static void become_daemon(void)
{
    must(setsid(), "setsid");
    if (must(fork(), "fork") > 0)
        _exit(0);
    must(chdir("/"), "chdir");
    umask(0);
    int null = must(open("/dev/null", O_RDWR), "open");
    for (int fd = 0; fd < 3; fd++)
        dup2(null, fd);
    printf("this goes nowhere\n");
    fflush(stdout);
    report();
}

int main(void)
{
    char text[256];
    ssize_t n;
    must(pipe(line), "pipe");
    say("%s\n", how(reap(start(become_daemon))));
    close(line[1]);
    while ((n = read(line[0], text, sizeof text)) > 0)
        must((int)write(STDOUT_FILENO, text, (size_t)n), "write");
}
