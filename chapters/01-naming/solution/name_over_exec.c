/* name_over_exec FIRST SECOND
 *
 * A name survives fork() and not exec(): said by main, by its child, and by the
 * program that the child becomes, which is this one again.
 */
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { EXIT_USAGE = 2, EXIT_NO_EXEC = 127, NAME_BYTES = 15 };

/* By this the program knows that it was executed by its own child. */
static const char mark[] = "NAME_OVER_EXEC_AGAIN";

static void take_name(const char *name)
{
    if (prctl(PR_SET_NAME, name) == -1)
        err(EXIT_FAILURE, "prctl(PR_SET_NAME)");
}

/* Says what the kernel calls us.  Nothing stays in the buffer, of which fork()
 * would make a copy, and which exec() would throw away. */
static void say_name(const char *who)
{
    char name[NAME_BYTES + 1];
    if (prctl(PR_GET_NAME, name) == -1)
        err(EXIT_FAILURE, "prctl(PR_GET_NAME)");
    if (printf("%s called %s\n", who, name) < 0 || fflush(stdout) == EOF)
        err(EXIT_FAILURE, "stdout");
}

/* The child until it executes the program again. */
static _Noreturn void be_child(char **argv)
{
    say_name("the child is");
    if (setenv(mark, "yes", 1) == 0)
        execv(argv[0], argv);
    warn("%s", argv[0]);
    _exit(EXIT_NO_EXEC);
}

/* And after that: the name is gone, arguments and environment have come. */
static int be_executed(char **argv)
{
    say_name("after exec it is");
    take_name(argv[2]);
    say_name("now it is");
    return EXIT_SUCCESS;
}

static bool join(pid_t child)
{
    int status;
    while (waitpid(child, &status, 0) == -1) {
        if (errno != EINTR)
            err(EXIT_FAILURE, "waitpid");
    }
    return WIFEXITED(status) && WEXITSTATUS(status) == EXIT_SUCCESS;
}

static bool is_name(const char *text)
{
    return text[0] != '\0' && strlen(text) <= NAME_BYTES;
}

int main(int argc, char **argv)
{
    if (argc != 3 || !is_name(argv[1]) || !is_name(argv[2]))
        errx(EXIT_USAGE,
             "usage: name_over_exec FIRST SECOND, two names of 1 "
             "to %d bytes",
             NAME_BYTES);
    if (getenv(mark))
        return be_executed(argv);

    take_name(argv[1]);
    say_name("main is");
    pid_t child = fork();
    if (child == -1)
        err(EXIT_FAILURE, "fork");
    if (child == 0)
        be_child(argv);
    if (!join(child))
        errx(EXIT_FAILURE, "the child did not come to its end");
    say_name("main is still");
    return EXIT_SUCCESS;
}
