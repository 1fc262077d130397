/* One thread reads commands, the other one takes the children's ends by
 * sigwait(); a mutex guards the list, so that no pid is reaped between the
 * look at it and kill().  Names, pids and what is known are arrays of their
 * own. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 100 };

static int n;
static char names[MOST][64];
static unsigned steps[MOST];
static pid_t pids[MOST];
static bool cancelled[MOST], ended[MOST];
static int codes[MOST];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static int find(const char *name)
{
    int i = 0;
    while (i < n && strcmp(names[i], name) != 0)
        i++;
    return i < n ? i : -1;
}

static void parse(const char *arg)
{
    char name[64], tail;
    unsigned seconds;
    int digits = -1;
    if (n == MOST || sscanf(arg, "%63[^: \t]:%n", name, &digits) != 1 ||
        digits < 0 || arg[digits] < '0' || arg[digits] > '9' ||
        sscanf(arg + digits, "%5u%c", &seconds, &tail) != 1 || seconds < 1 ||
        seconds > 3600 || find(name) >= 0)
        errx(2, "%s: not NAME:STEP_SECONDS, or a name for the second time",
             arg);
    steps[n] = seconds;
    strcpy(names[n++], name);
}

static _Noreturn void download(int i)
{
    dprintf(1, "[%s] Download started...\n", names[i]);
    for (int percent = 20; percent <= 100; percent += 20) {
        sleep(steps[i]);
        dprintf(1, "[%s] %d%% downloaded\n", names[i], percent);
    }
    dprintf(1, "[%s] Download complete!\n", names[i]);
    _exit(0);
}

/* The lock is held.  How many ended now. */
static int reap(void)
{
    int count = 0, status;
    for (int i = 0; i < n; i++) {
        if (ended[i] || waitpid(pids[i], &status, WNOHANG) != pids[i])
            continue;
        ended[i] = true;
        codes[i] =
            WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
        count++;
    }
    return count;
}

static bool all_ended(void)
{
    bool all = true;
    pthread_mutex_lock(&lock);
    reap();
    for (int i = 0; i < n; i++)
        all = all && ended[i];
    pthread_mutex_unlock(&lock);
    return all;
}

/* Until all have ended. */
static void *take_children(void *child_signal)
{
    int signal;
    while (!all_ended())
        sigwait(child_signal, &signal);
    return NULL;
}

static void cancel(const char *name)
{
    int i = find(name);
    pthread_mutex_lock(&lock);
    reap();
    if (i < 0 || ended[i] || cancelled[i]) {
        warnx("%s cannot be cancelled", name);
    } else if (kill(pids[i], SIGTERM) == -1) {
        warn("%s", name);
    } else {
        cancelled[i] = true;
        dprintf(1, "User cancelled %s!\n", name);
    }
    pthread_mutex_unlock(&lock);
}

static void show_status(void)
{
    pthread_mutex_lock(&lock);
    reap();
    for (int i = 0; i < n; i++)
        dprintf(1, "%s alive: %s\n", names[i], ended[i] ? "False" : "True");
    pthread_mutex_unlock(&lock);
}

static void obey(const char *line)
{
    char word[64], name[64], more;
    int words = sscanf(line, "%63s %63s %c", word, name, &more);
    if (words == 2 && strcmp(word, "cancel") == 0)
        cancel(name);
    else if (words == 1 && strcmp(word, "status") == 0)
        show_status();
    else if (words > 0)
        warnx("not a command: %s", line);
}

int main(int argc, char **argv)
{
    sigset_t child, before;
    pthread_t reaper;
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    pthread_sigmask(SIG_BLOCK, &child, &before);
    for (int i = 0; i < n; i++) {
        pids[i] = fork();
        if (pids[i] == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pids[i] == 0) {
            sigprocmask(SIG_SETMASK, &before, NULL);
            download(i);
        }
    }
    dprintf(1, "All downloads started! Checking status...\n\n");
    errno = pthread_create(&reaper, NULL, take_children, &child);
    if (errno != 0)
        err(1, "pthread_create");

    char line[200];
    while (fgets(line, sizeof line, stdin))
        obey(line);
    pthread_join(reaper, NULL);
    dprintf(1, "\nAll downloads completed or stopped!\n");
    for (int i = 0; i < n; i++)
        dprintf(1, "%s exit code: %d\n", names[i], codes[i]);
    return 0;
}
