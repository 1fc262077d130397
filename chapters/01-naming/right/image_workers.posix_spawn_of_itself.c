/* Each worker is this program again, under another argv[0]; exec has set its
 * name to that of the file, so it sets it when it begins. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char worker_name[] = "image worker";

static int be_worker(char **argv)
{
    const char *name = argv[1], *image = argv[2];
    int seconds = atoi(argv[3]);
    if (prctl(PR_SET_NAME, name) == -1)
        err(1, "prctl");
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("[%s] Starting to process %s...\n", name, image);
    for (unsigned left = (unsigned)seconds; left > 0;)
        left = sleep(left);
    printf("[%s] Finished %s in %d seconds.\n", name, image, seconds);
    return 0;
}

/* Makes {worker_name, NAME, IMAGE, SECONDS, NULL} of an argument. */
static void split(char *arg, int ordinal, char **args)
{
    char *copy = strdup(arg), *equals = strchr(copy, '=');
    args[0] = worker_name;
    args[4] = NULL;
    if (equals) {
        *equals = '\0';
        args[1] = copy;
        args[2] = equals + 1;
    } else {
        if (asprintf(&args[1], "Process-%d", ordinal) == -1)
            err(1, "asprintf");
        args[2] = copy;
    }
    char *colon = strrchr(args[2], ':');
    if (!colon || colon == args[2] || *args[1] == '\0')
        errx(2, "%s: not [NAME=]IMAGE:SECONDS", arg);
    *colon = '\0';
    args[3] = colon + 1;
    size_t digits = strspn(args[3], "0123456789");
    if (digits == 0 || digits > 5 || args[3][digits] != '\0' ||
        atoi(args[3]) < 1 || atoi(args[3]) > 3600)
        errx(2, "%s: bad number of seconds", arg);
}

int main(int argc, char **argv)
{
    if (argc == 4 && strcmp(argv[0], worker_name) == 0)
        return be_worker(argv);

    char *(*args)[5] = calloc((size_t)argc + 1, sizeof *args);
    if (!args)
        err(1, "calloc");
    for (int i = 1; i < argc; i++)
        split(argv[i], i, args[i]);
    for (int i = 1; i < argc; i++) {
        errno =
            posix_spawn(NULL, "/proc/self/exe", NULL, NULL, args[i], environ);
        if (errno != 0) {
            warn("posix_spawn");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
    }
    printf("All image processes started!\n\n");
    fflush(stdout);
    int failures = 0;
    for (int left = argc - 1; left > 0; left--) {
        int status;
        if (wait(&status) == -1)
            err(1, "wait");
        failures += status != 0;
    }
    if (failures > 0)
        errx(1, "%d workers failed", failures);
    puts("All images have been processed!");
    return 0;
}
