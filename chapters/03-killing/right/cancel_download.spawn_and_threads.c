/* Each download is this program again, made by posix_spawn(), and in main a
 * thread waits for each child.  A mutex guards that a thread does not reap a
 * child while main is about to signal it: waitid(WNOWAIT) first only looks. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;
static char worker_name[] = "one-download";

struct download {
    char *name, *seconds;
    pid_t pid;
    pthread_t waiter;
    bool cancelled, ended;
    int code;
};

static struct download *list;
static int n;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int be_download(const char *name, unsigned seconds)
{
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("[%s] Download started...\n", name);
    for (int i = 20; i <= 100; i += 20) {
        sleep(seconds);
        printf("[%s] %d%% downloaded\n", name, i);
    }
    printf("[%s] Download complete!\n", name);
    return 0;
}

static void *wait_for(void *argument)
{
    struct download *d = argument;
    siginfo_t info;
    while (waitid(P_PID, (id_t)d->pid, &info, WEXITED | WNOWAIT) == -1)
        ;
    pthread_mutex_lock(&lock);
    waitid(P_PID, (id_t)d->pid, &info, WEXITED);
    d->ended = true;
    d->code = info.si_code == CLD_EXITED ? info.si_status : -info.si_status;
    pthread_mutex_unlock(&lock);
    return NULL;
}

static struct download *find(const char *name)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) == 0)
            return &list[i];
    }
    return NULL;
}

static void parse(const char *arg)
{
    char *name = strdup(arg);
    char *colon = name ? strchr(name, ':') : NULL;
    if (!colon || colon == name)
        errx(2, "%s: not NAME:STEP_SECONDS", arg);
    *colon = '\0';
    size_t digits = strspn(colon + 1, "0123456789");
    int seconds = digits < 6 ? atoi(colon + 1) : 0;
    if (colon[1 + digits] != '\0' || seconds < 1 || seconds > 3600)
        errx(2, "%s: bad number of seconds", arg);
    if (find(name))
        errx(2, "%s: name used twice", arg);
    list[n++] = (struct download){.name = name, .seconds = colon + 1};
}

static void obey(const char *line)
{
    struct download *d = NULL;
    if (strncmp(line, "cancel ", 7) == 0)
        d = find(line + 7);
    if (strcmp(line, "status") == 0) {
        for (int i = 0; i < n; i++)
            printf("%s alive: %s\n", list[i].name,
                   list[i].ended ? "False" : "True");
    } else if (d && !d->ended && !d->cancelled) {
        if (kill(d->pid, SIGTERM) == -1)
            err(1, "kill");
        d->cancelled = true;
        printf("User cancelled %s!\n", d->name);
    } else if (*line) {
        fprintf(stderr, "\"%s\" is not possible\n", line);
    }
}

int main(int argc, char **argv)
{
    if (argc == 3 && strcmp(argv[0], worker_name) == 0)
        return be_download(argv[1], (unsigned)atoi(argv[2]));

    setvbuf(stdout, NULL, _IOLBF, 0);
    list = calloc((size_t)argc + 1, sizeof *list);
    if (!list)
        err(1, "calloc");
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    for (int i = 0; i < n; i++) {
        char *args[] = {worker_name, list[i].name, list[i].seconds, NULL};
        errno = posix_spawn(&list[i].pid, "/proc/self/exe", NULL, NULL, args,
                            environ);
        if (errno != 0) {
            warn("posix_spawn");
            while (i-- > 0)
                pthread_join(list[i].waiter, NULL);
            return 1;
        }
        errno = pthread_create(&list[i].waiter, NULL, wait_for, &list[i]);
        if (errno != 0)
            err(1, "pthread_create");
    }
    printf("All downloads started! Checking status...\n\n");

    char *line = NULL;
    size_t size = 0;
    while (getline(&line, &size, stdin) != -1) {
        line[strcspn(line, "\n")] = '\0';
        pthread_mutex_lock(&lock);
        obey(line);
        pthread_mutex_unlock(&lock);
    }
    for (int i = 0; i < n; i++)
        pthread_join(list[i].waiter, NULL);
    printf("\nAll downloads completed or stopped!\n");
    for (int i = 0; i < n; i++)
        printf("%s exit code: %d\n", list[i].name, list[i].code);
    return 0;
}
