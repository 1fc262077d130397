/* The self-pipe: a handler for SIGCHLD writes a byte, so that select() can wait
 * for it and for the deadline.  Workers have no handler at all: SIGTERM stays
 * blocked, and they look after each step whether one is pending. */
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/select.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
    char *name;
    time_t seconds;
    int steps;
    pid_t pid; /* 0 once reaped */
    int status;
};

static struct worker *list;
static int n, left;
static int wake[2];

static void on_child(int sig)
{
    int saved = errno;
    (void)sig;
    if (write(wake[1], "", 1) == -1)
        errno = saved; /* full: somebody will be woken anyway */
    errno = saved;
}

static char *file_of(const struct worker *w)
{
    static char file[100];
    snprintf(file, sizeof file, "%s.part", w->name);
    return file;
}

static bool asked_to_stop(void)
{
    sigset_t pending;
    sigpending(&pending);
    return sigismember(&pending, SIGTERM) == 1;
}

static _Noreturn void work(const struct worker *w)
{
    sigset_t term;
    bool stopped = false;
    FILE *file = fopen(file_of(w), "w");
    if (!file)
        err(EXIT_FAILURE, "%s", file_of(w));
    printf("[%s] Started.\n", w->name);
    for (int done = 1; done <= w->steps && !stopped; done++) {
        struct timespec rest = {.tv_sec = w->seconds};
        nanosleep(&rest, NULL); /* nothing is delivered that could end it */
        printf("[%s] Step %d of %d done.\n", w->name, done, w->steps);
        stopped = done < w->steps && asked_to_stop();
        if (stopped)
            printf("[%s] Stopped after %d steps.\n", w->name, done);
    }
    if (!stopped)
        printf("[%s] Finished.\n", w->name);
    fclose(file);
    unlink(file_of(w));
    /* If it was stopped, the pending SIGTERM is delivered now and ends it. */
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    if (stopped)
        sigprocmask(SIG_UNBLOCK, &term, NULL);
    exit(EXIT_SUCCESS);
}

static void reap(void)
{
    pid_t pid;
    int status;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int i = 0; i < n; i++) {
            if (list[i].pid != pid)
                continue;
            list[i].pid = 0;
            list[i].status = status;
            left--;
        }
    }
}

/* Waits for the end of a child or of the time; false: time is over. */
static bool wait_for_child(const struct timeval *deadline)
{
    struct timeval now, rest;
    fd_set readable;
    char bytes[64];
    FD_ZERO(&readable);
    FD_SET(wake[0], &readable);
    gettimeofday(&now, NULL);
    if (deadline && !timercmp(&now, deadline, <))
        return false;
    if (deadline)
        timersub(deadline, &now, &rest);
    if (select(wake[0] + 1, &readable, NULL, NULL, deadline ? &rest : NULL) > 0)
        while (read(wake[0], bytes, sizeof bytes) > 0)
            ;
    return true;
}

static void stop(const struct timeval *deadline)
{
    for (int i = 0; i < n; i++) {
        if (list[i].pid > 0)
            kill(list[i].pid, SIGTERM);
    }
    for (reap(); left > 0 && wait_for_child(deadline); reap())
        ;
    reap();
    for (int i = 0; i < n; i++) {
        if (list[i].pid == 0)
            continue;
        printf("%s did not stop in time!\n", list[i].name);
        kill(list[i].pid, SIGKILL);
    }
    for (; left > 0; reap())
        wait_for_child(NULL);
}

static void report(const struct worker *w)
{
    if (WIFEXITED(w->status)) {
        printf("%s exit code: %d\n", w->name, WEXITSTATUS(w->status));
        return;
    }
    if (access(file_of(w), F_OK) == 0)
        unlink(file_of(w));
    printf("%s exit code: -%d\n", w->name, WTERMSIG(w->status));
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_child, .sa_flags = SA_RESTART};
    sigset_t term;
    sigemptyset(&term);
    sigaddset(&term, SIGTERM);
    setvbuf(stdout, NULL, _IOLBF, 0);
    list = calloc((size_t)argc + 1, sizeof *list);
    if (argc < 2 || !list || pipe(wake) == -1)
        errx(2, "usage: graceful_stop GRACE NAME:STEP_SECONDS:STEPS ...");
    for (int i = 0; i < 2; i++)
        fcntl(wake[i], F_SETFL, O_NONBLOCK);
    sigaction(SIGCHLD, &action, NULL);
    sigprocmask(SIG_BLOCK, &term, NULL);
    bool failed = false;
    for (n = 0; n < argc - 2; n++) {
        struct worker *w = &list[n];
        w->name = strtok(argv[n + 2], ":");
        w->seconds = atoi(strtok(NULL, ":"));
        w->steps = atoi(strtok(NULL, ":"));
        w->pid = fork();
        if (w->pid == 0)
            work(w);
        if (w->pid == -1) {
            warn("fork");
            failed = true;
            break;
        }
        left++;
    }
    sigprocmask(SIG_UNBLOCK, &term, NULL);

    char text[100];
    while (!failed && fgets(text, sizeof text, stdin))
        ;
    printf("Stopping...\n");
    struct timeval deadline;
    gettimeofday(&deadline, NULL);
    deadline.tv_sec += atoi(argv[1]);
    reap();
    stop(&deadline);
    for (int i = 0; i < n; i++)
        report(&list[i]);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
