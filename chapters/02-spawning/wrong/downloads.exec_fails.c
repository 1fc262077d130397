// fails: download_child_each: "Only main starts processes"
// why: the program for the child is not found, exec returns, and there is no
//      _exit(127) behind it: the child goes on in the loop that was main's.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    for (int i = 1; i < argc; i++) {
        pid_t pid = fork();
        if (pid == -1)
            err(1, "fork");
        if (pid == 0) {
            /* Nothing of this name is in PATH. */
            execlp("download-one", "download-one", argv[i], (char *)NULL);
        }
    }
    int status;
    while (wait(&status) > 0) {
        if (status != 0)
            errx(1, "a download failed");
    }
    printf("All downloads completed successfully!\n");
    return 0;
}
