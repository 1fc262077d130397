/* Main holds a robust mutex in shared memory for as long as it lives.  When it
 * is gone, however, the kernel gives the mutex up, and a daemon that waits for
 * it with a time-out gets EOWNERDEAD instead of the time-out. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 100 };

struct worker {
    char name[60];
    int daemon;
    unsigned seconds;
    pid_t pid;
};

static struct worker list[MOST];
static int n;

static void parse(const char *arg)
{
    struct worker *w = &list[n++];
    const char *first = strchr(arg, ':'), *last = strrchr(arg, ':');
    char *end;
    if (!first || n == MOST)
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    if (first != last) {
        w->daemon = strncmp(arg, "daemon:", 7) == 0;
        if (!w->daemon || strchr(first + 1, ':') != last)
            errx(2, "%s: neither a normal worker nor a daemon", arg);
        arg = first + 1;
    }
    unsigned long seconds = strtoul(last + 1, &end, 10);
    if (last[1] < '0' || last[1] > '9' || *end || seconds < 1 ||
        seconds > 3600 || last - arg < 1 || last - arg > 50)
        errx(2, "%s: a bad name or number", arg);
    snprintf(w->name, sizeof w->name, "%.*s", (int)(last - arg), arg);
    w->seconds = (unsigned)seconds;
}

/* Locked, and shared by all that are forked from here on. */
static pthread_mutex_t *life_of_main(void)
{
    pthread_mutexattr_t attributes;
    pthread_mutex_t *life = mmap(NULL, sizeof *life, PROT_READ | PROT_WRITE,
                                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (life == MAP_FAILED)
        err(1, "mmap");
    pthread_mutexattr_init(&attributes);
    pthread_mutexattr_setpshared(&attributes, PTHREAD_PROCESS_SHARED);
    pthread_mutexattr_setrobust(&attributes, PTHREAD_MUTEX_ROBUST);
    errno = pthread_mutex_init(life, &attributes);
    if (errno != 0 || (errno = pthread_mutex_lock(life)) != 0)
        err(1, "pthread_mutex_lock");
    return life;
}

/* Whoever gets the mutex gives it on to the next daemon, still inconsistent:
 * by ending. */
static void work_in_background(pthread_mutex_t *life, unsigned seconds)
{
    struct timespec until;
    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_sec += seconds;
    if (pthread_mutex_clocklock(life, CLOCK_MONOTONIC, &until) != ETIMEDOUT)
        _exit(1);
}

static _Noreturn void work(const struct worker *w, pthread_mutex_t *life)
{
    printf("[%s] Working%s...\n", w->name,
           w->daemon ? " in the background" : "");
    fflush(stdout);
    if (w->daemon)
        work_in_background(life, w->seconds);
    else
        sleep(w->seconds);
    printf("[%s] Finished in %u seconds.\n", w->name, w->seconds);
    fflush(stdout);
    _exit(0);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    pthread_mutex_t *life = life_of_main();
    puts("Main process started.");
    fflush(stdout);
    for (int i = 0; i < n; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0)
            work(&list[i], life);
    }
    for (int i = 0; i < n; i++) {
        int status = 0;
        if (!list[i].daemon && waitpid(list[i].pid, &status, 0) == -1)
            err(1, "waitpid");
        if (status != 0)
            errx(1, "%s failed", list[i].name);
    }
    puts("Main process finished.");
    return 0;
}
