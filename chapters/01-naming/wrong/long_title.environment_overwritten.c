// fails: title_environment: "Main writes the line "COLOUR="
// why: the title goes over the arguments and on into the environment, of which
//      nobody has made a copy: the variables are gone.
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
    take(argv);
    char **variables = environ;
    char *saved[100];
    int n = 0;
    for (; variables[n]; n++)
        saved[n] = variables[n];
    take(environ);
    for (int i = 0; i < n; i++)
        variables[i] = saved[i];
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
