/* A thread of main for each worker: it forks its child and waits for it.  A
 * barrier tells main that all are started.  The child has one thread, a copy
 * of the one that forked; it names itself as any process does. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    char name[120], image[120];
    unsigned seconds;
    pthread_t thread;
    int status;
};

static pthread_barrier_t all_started;

static struct worker parse(const char *arg, int ordinal)
{
    struct worker w = {.status = -1};
    char rest[256], tail = '\0';
    int n = -1;
    if (sscanf(arg, "%119[^=]=%n", w.name, &n) != 1 || n < 0) {
        snprintf(w.name, sizeof w.name, "Process-%d", ordinal);
        n = 0;
    }
    snprintf(rest, sizeof rest, "%s", arg + n);
    char *colon = strrchr(rest, ':');
    if (*arg == '=' || !colon || colon == rest || colon[1] < '0' ||
        colon[1] > '9' || sscanf(colon + 1, "%5u%c", &w.seconds, &tail) != 1 ||
        w.seconds < 1 || w.seconds > 3600)
        errx(2, "%s: not [NAME=]IMAGE:SECONDS", arg);
    *colon = '\0';
    snprintf(w.image, sizeof w.image, "%.119s", rest);
    return w;
}

/* No stdio here: another thread may have held its lock at the fork. */
static _Noreturn void be_worker(const struct worker *w)
{
    prctl(PR_SET_NAME, w->name);
    dprintf(1, "[%s] Starting to process %s...\n", w->name, w->image);
    sleep(w->seconds);
    dprintf(1, "[%s] Finished %s in %u seconds.\n", w->name, w->image,
            w->seconds);
    _exit(0);
}

static void *care_for(void *data)
{
    struct worker *w = data;
    pid_t pid = fork();
    if (pid == 0)
        be_worker(w);
    pthread_barrier_wait(&all_started);
    if (pid != -1 && waitpid(pid, &w->status, 0) == -1)
        w->status = -1;
    return NULL;
}

int main(int argc, char **argv)
{
    struct worker *list = calloc((size_t)argc + 1, sizeof *list);
    bool well = true;
    if (!list)
        err(1, NULL);
    for (int i = 1; i < argc; i++)
        list[i] = parse(argv[i], i);
    pthread_barrier_init(&all_started, NULL, argc > 0 ? (unsigned)argc : 1);
    for (int i = 1; i < argc; i++) {
        errno = pthread_create(&list[i].thread, NULL, care_for, &list[i]);
        if (errno != 0)
            err(1, "pthread_create");
    }
    pthread_barrier_wait(&all_started);
    dprintf(1, "All image processes started!\n\n");
    for (int i = 1; i < argc; i++) {
        pthread_join(list[i].thread, NULL);
        if (list[i].status != 0) {
            warnx("%s failed", list[i].name);
            well = false;
        }
    }
    free(list);
    if (!well)
        return 1;
    dprintf(1, "All images have been processed!\n");
    return 0;
}
