// fails: title_whole: "It shows "long_title:  COLOUR"
// why: the title is cut to the length that argv[0] had: that is safe and shows
//      next to nothing, with the old arguments behind it.
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
    strncpy(begin, title, strlen("./long_title"));
    prctl(PR_SET_NAME, title);
}

int main(int argc, char **argv)
{
    char line[4096];
    begin = argv[0];
    take(argv);
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
