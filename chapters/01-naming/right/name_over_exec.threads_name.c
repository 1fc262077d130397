/* pthread_setname_np() for the names; the role and the second name come by a
 * pipe that the executed program finds as its descriptor 9; execveat(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LINE = 9 };

static void say(const char *who)
{
    char name[16];
    pthread_getname_np(pthread_self(), name, sizeof name);
    printf("%s called %s\n", who, name);
    fflush(stdout);
}

static void take(const char *name)
{
    if (pthread_setname_np(pthread_self(), name) != 0)
        errx(2, "\"%s\" is too long for a name", name);
}

static void be_executed(void)
{
    char name[16] = "";
    if (read(LINE, name, sizeof name - 1) < 1)
        errx(1, "no name came");
    say("after exec it is");
    take(name);
    say("now it is");
    exit(0);
}

int main(int argc, char **argv)
{
    int line[2], status = -1;
    if (argc == 1 && fcntl(LINE, F_GETFD) != -1)
        be_executed();
    if (argc != 3 || !argv[1][0] || !argv[2][0] || strlen(argv[2]) > 15)
        errx(2, "usage: name_over_exec FIRST SECOND");
    take(argv[1]);
    say("main is");
    if (pipe(line) == -1 ||
        write(line[1], argv[2], strlen(argv[2])) != (ssize_t)strlen(argv[2]))
        err(1, "pipe");
    if (fork() == 0) {
        say("the child is");
        dup2(line[0], LINE);
        execveat(AT_FDCWD, argv[0], (char *[]){argv[0], NULL}, environ, 0);
        _exit(127);
    }
    if (wait(&status) == -1 || status != 0)
        errx(1, "no child has come back well");
    say("main is still");
    return 0;
}
