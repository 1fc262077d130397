// fails: over_inherited: "writes the line "the child is called"
// why: the child's first line is still in the buffer of stdout when it executes
//      the program.  exec throws away the memory, and the line with it.
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
    if (strcmp(who, "the child is") != 0)
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
    int status;
    if (waitpid(pid, &status, 0) == -1 || status != 0)
        errx(1, "the child failed");
    say("main is still");
    return 0;
}
