// fails: title_environment: "Main writes the line "COLOUR="
// why: the environment is saved before titles go over it, the program's own
//      arguments are not: they are the first that is overwritten.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

extern char **environ;
static char *begin;
static size_t size;

/* Where the strings of a list end, if they go on where the room ends now;
 * then the list is of copies. */
static void take(char **list)
{
    for (; *list; list++) {
        if (*list != begin + size)
            return;
        size += strlen(*list) + 1;
        *list = strdup(*list);
    }
}

static void set_title(const char *title)
{
    memset(begin, 0, size);
    strncpy(begin, title, size - 1);
    prctl(PR_SET_NAME, title);
}

int main(int argc, char **argv)
{
    char line[4096];
    begin = argv[0];
    char **saved = calloc(argc + 1, sizeof *saved);
    memcpy(saved, argv, argc * sizeof *saved);
    take(argv);
    memcpy(argv, saved, argc * sizeof *saved);
    take(environ);
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (*line)
            set_title(line);
    }
    for (int i = 1; i < argc; i++) {
        const char *value = getenv(argv[i]);
        if (value)
            printf("%s=%s\n", argv[i], value);
        else
            printf("%s is not set\n", argv[i]);
    }
    return 0;
}
