// execve(2): the arguments and the environment are those given, to the byte
#include "subject.h"

extern char **environ;

int main(int argc, char **argv)
{
    if (argc > 1) {
        for (int i = 1; i < argc; i++)
            say("argument %d: [%s]\n", i, argv[i]);
        for (char **e = environ; *e; e++)
            say("environment: [%s]\n", *e);
        return argc;
    }
    char *args[] = {argv[0], "one", "", "two words", "t\tab \"x\" \xc3\xa4",
                    NULL};
    char *env[] = {"A=1", "EMPTY=", "no equals sign", NULL};
    execve(argv[0], args, env);
    err(99, "execve");
}
