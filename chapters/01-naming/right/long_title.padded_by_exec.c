/* Makes room by executing itself once more, with an argv[0] of 4,000 bytes:
 * then a title never meets the environment, and nothing has to be copied but
 * the program's own arguments. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { ROOM = 4000 };

static char wide[ROOM + 1];

static void run_again(char **argv)
{
    memset(wide, '.', ROOM);
    argv[0] = wide;
    execv("/proc/self/exe", argv);
    err(EXIT_FAILURE, "/proc/self/exe");
}

int main(int argc, char **argv)
{
    static char line[1 << 16];
    char **names = calloc((size_t)argc + 1, sizeof *names);
    if (strlen(argv[0]) != ROOM)
        run_again(argv);
    char *end = argv[argc - 1] + strlen(argv[argc - 1]);
    for (int i = 1; i < argc; i++)
        names[i] = strdup(argv[i]);
    while (fgets(line, sizeof line, stdin)) {
        strtok(line, "\n");
        if (line[0] == '\n')
            continue;
        memset(argv[0], 0, (size_t)(end - argv[0]));
        memcpy(argv[0], line, strnlen(line, ROOM - 1));
        if (prctl(PR_SET_NAME, line) == -1)
            warn("prctl");
    }
    for (int i = 1; i < argc; i++)
        printf("%s%s%s\n", names[i], getenv(names[i]) ? "=" : " is not set",
               getenv(names[i]) ? getenv(names[i]) : "");
    return EXIT_SUCCESS;
}
