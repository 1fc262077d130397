/* The last worker is started first; each cuts its name itself, as
 * pthread_setname_np() refuses a name that is too long; a buffer that is
 * flushed by exit(), with nothing in it at fork(). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *image_of(const char *arg)
{
    const char *equals = strchr(arg, '=');
    return equals ? equals + 1 : arg;
}

static unsigned seconds_of(const char *arg)
{
    const char *colon = strrchr(arg, ':');
    char *end = NULL;
    unsigned long value = colon ? strtoul(colon + 1, &end, 10) : 0;
    if (!colon || colon[1] < '0' || colon[1] > '9' || *end != '\0' ||
        value < 1 || value > 3600 || colon <= image_of(arg) || *arg == '=')
        errx(2, "%s: not [NAME=]IMAGE:SECONDS", arg);
    return (unsigned)value;
}

static void work(const char *arg, int ordinal)
{
    char name[200];
    const char *image = image_of(arg);
    int len = (int)(strrchr(image, ':') - image);
    if (image != arg)
        snprintf(name, sizeof name, "%.*s", (int)(image - 1 - arg), arg);
    else
        snprintf(name, sizeof name, "Process-%d", ordinal);
    char comm[16];
    snprintf(comm, sizeof comm, "%.15s", name);
    errno = pthread_setname_np(pthread_self(), comm);
    if (errno != 0)
        err(1, "pthread_setname_np");
    printf("[%s] Starting to process %.*s...\n", name, len, image);
    fflush(stdout);
    sleep(seconds_of(arg));
    printf("[%s] Finished %.*s in %u seconds.\n", name, len, image,
           seconds_of(arg));
    exit(0);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        seconds_of(argv[i]);
    for (int i = argc - 1; i > 0; i--) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0)
            work(argv[i], i);
    }
    printf("All image processes started!\n\n");
    int status, failures = 0;
    while (wait(&status) > 0)
        failures += status != 0;
    if (errno != ECHILD)
        err(1, "wait");
    if (failures > 0)
        errx(1, "%d workers failed", failures);
    printf("All images have been processed!\n");
    return 0;
}
