// fails: title_whole: "nothing else to do\n"
// fails: title_comm: "door here\n"
// why: fgets() leaves the newline in the line, and so it is in the title.
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
    take(environ);
    while (fgets(line, sizeof line, stdin)) {
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
