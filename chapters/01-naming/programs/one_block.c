#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

extern char **environ;

/* Shows the command line as it is now, with "|" for each NUL byte. */
static void show(const char *when)
{
    char text[256];
    FILE *file = fopen("/proc/self/cmdline", "r");
    if (!file)
        err(EXIT_FAILURE, "/proc/self/cmdline");
    size_t n = fread(text, 1, sizeof text, file);
    fclose(file);
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\0')
            text[i] = '|';
    }
    printf("%s: %.*s\n", when, (int)n, text);
}

int main(int argc, char **argv)
{
    if (argc < 2)
        errx(EXIT_FAILURE, "usage: one_block WORD...");
    char *last = argv[argc - 1];
    show("at first");
    printf("argv[1] lies %td bytes behind argv[0],\n", argv[1] - argv[0]);
    printf("the environment %td bytes behind the last argument's end\n",
           environ[0] - (last + strlen(last) + 1));
    memcpy(argv[0], "mouse", strlen("mouse"));
    show("written over argv[0]");
    argv[0] = "elephant";
    show("another argv[0]");
    return EXIT_SUCCESS;
}
