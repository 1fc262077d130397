// fails: over_main_stays: "Main ended without having done so"
// why: main does not wait for its child.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static void say(const char *who)
{
    char name[16];
    prctl(PR_GET_NAME, name);
    printf("%s called %s\n", who, name);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[1], "again") == 0) {
        say("after exec it is");
        prctl(PR_SET_NAME, argv[3]);
        say("now it is");
        return 0;
    }
    if (argc != 3 || !*argv[1] || !*argv[2] || strlen(argv[1]) > 15 ||
        strlen(argv[2]) > 15)
        errx(2, "usage: name_over_exec FIRST SECOND");
    prctl(PR_SET_NAME, argv[1]);
    say("main is");
    pid_t pid = fork();
    if (pid == -1)
        err(1, "fork");
    if (pid == 0) {
        say("the child is");
        execl(argv[0], argv[0], "again", argv[1], argv[2], NULL);
        warn("%s", argv[0]);
        _exit(127);
    }
    say("main is still");
    return 0;
}
