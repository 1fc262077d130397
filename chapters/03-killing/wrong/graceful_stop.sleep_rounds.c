// fails: graceful_finishes_step: "done." is written at"
// why: sleep() returns what is left in whole seconds: of a step that is
//      interrupted half a second is lost.
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
    char name[64], file[80];
    int seconds, steps;
    pid_t pid;
    bool ended;
    int status;
};

static struct worker list[20];
static int n;
static volatile sig_atomic_t asked;

static void on_sigterm(int sig)
{
    (void)sig;
    asked = 1;
}

static void rest(int seconds)
{
    unsigned left = (unsigned)seconds;
    while (left > 0)
        left = sleep(left);
}

static void work(const struct worker *w)
{
    sigset_t none;
    sigemptyset(&none);
    signal(SIGTERM, on_sigterm);
    sigprocmask(SIG_SETMASK, &none, NULL);
    int fd = open(w->file, O_WRONLY | O_CREAT, 0644);
    if (fd == -1)
        err(EXIT_FAILURE, "%s", w->file);
    close(fd);
    printf("[%s] Started.\n", w->name);
    int done = 0;
    do {
        rest(w->seconds);
        printf("[%s] Step %d of %d done.\n", w->name, ++done, w->steps);
    } while (done < w->steps && !asked);
    if (done < w->steps)
        printf("[%s] Stopped after %d steps.\n", w->name, done);
    else
        printf("[%s] Finished.\n", w->name);
    unlink(w->file);
    if (done < w->steps) {
        signal(SIGTERM, SIG_DFL);
        raise(SIGTERM);
    }
    _exit(EXIT_SUCCESS);
}

static int reap(void)
{
    int left = 0;
    for (int i = 0; i < n; i++) {
        if (!list[i].ended &&
            waitpid(list[i].pid, &list[i].status, WNOHANG) == list[i].pid)
            list[i].ended = true;
        left += !list[i].ended;
    }
    return left;
}

/* SIGCHLD is blocked; an alarm ends the wait at the latest. */
static void await(const sigset_t *set)
{
    int sig = 0;
    while (reap() > 0 && sig != SIGALRM)
        sigwait(set, &sig);
}

static void stop(unsigned grace, const sigset_t *set)
{
    printf("Stopping...\n");
    reap();
    for (int i = 0; i < n; i++)
        if (!list[i].ended)
            kill(list[i].pid, SIGTERM);
    alarm(grace);
    await(set);
    alarm(0);
    for (int i = 0; i < n; i++) {
        if (list[i].ended)
            continue;
        printf("%s did not stop in time!\n", list[i].name);
        kill(list[i].pid, SIGKILL);
    }
    await(set);
}

static void report(const struct worker *w)
{
    int signal = WIFSIGNALED(w->status) ? WTERMSIG(w->status) : 0;
    if (signal == SIGKILL)
        unlink(w->file);
    printf("%s exit code: %d\n", w->name,
           signal ? -signal : WEXITSTATUS(w->status));
}

static bool start(const char *arg)
{
    struct worker *w = &list[n];
    if (sscanf(arg, "%63[^:]:%d:%d", w->name, &w->seconds, &w->steps) != 3)
        errx(2, "%s: not NAME:STEP_SECONDS:STEPS", arg);
    strcat(strcpy(w->file, w->name), ".part");
    w->pid = fork();
    if (w->pid == -1)
        warn("fork");
    if (w->pid == 0)
        work(w);
    n += w->pid != -1;
    return w->pid != -1;
}

int main(int argc, char **argv)
{
    if (argc < 2 || argc > 20)
        errx(2, "usage: graceful_stop GRACE NAME:STEP_SECONDS:STEPS ...");
    setvbuf(stdout, NULL, _IOLBF, 0);
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, SIGCHLD);
    sigaddset(&set, SIGALRM);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    bool well = true;
    for (int i = 2; well && i < argc; i++)
        well = start(argv[i]);
    sigdelset(&set, SIGTERM);
    sigprocmask(SIG_SETMASK, &set, NULL);
    char text[512];
    while (well && read(STDIN_FILENO, text, sizeof text) > 0)
        ;
    stop((unsigned)atoi(argv[1]), &set);
    for (int i = 0; i < n; i++)
        report(&list[i]);
    return well ? EXIT_SUCCESS : EXIT_FAILURE;
}
