// rare: Image1:1 Image2:1 daemon:Watcher:3
// fails: background_normal_joined: "main waits for a signal in"
// why: SIGCHLD gets its handler when the workers are there already.  Those that
//      have ended by then, on a busy machine, are never counted.
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    char name[64];
    int daemon;
    unsigned seconds;
    pid_t pid;
};

static struct worker list[100];
static int n;

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static void parse(const char *arg)
{
    struct worker *w = &list[n++];
    if (strncmp(arg, "daemon:", 7) == 0 && strchr(arg + 7, ':')) {
        w->daemon = 1;
        arg += 7;
    }
    size_t len = strcspn(arg, ":");
    if (arg[len] != ':' || len == 0 || len >= sizeof w->name || n == 100)
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    snprintf(w->name, sizeof w->name, "%.*s", (int)len, arg);
    w->seconds = seconds_of(arg + len + 1);
}

static volatile sig_atomic_t left;

static void reap(int signal)
{
    pid_t pid;
    (void)signal;
    while ((pid = waitpid(-1, NULL, WNOHANG)) > 0) {
        for (int i = 0; i < n; i++)
            left -= list[i].pid == pid && !list[i].daemon;
    }
}

static void work(const struct worker *w)
{
    printf("[%s] Working%s...\n", w->name,
           w->daemon ? " in the background" : "");
    fflush(stdout);
    sleep(w->seconds);
    printf("[%s] Finished in %u seconds.\n", w->name, w->seconds);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    printf("Main process started.\n");
    fflush(stdout);
    pid_t parent = getpid();
    for (int i = 0; i < n; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0) {
            if (list[i].daemon) {
                prctl(PR_SET_PDEATHSIG, SIGKILL);
                if (getppid() != parent)
                    _exit(1);
            }
            work(&list[i]);
            _exit(0);
        }
    }
    for (int i = 0; i < n; i++)
        left += !list[i].daemon;
    sigset_t child, before;
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    signal(SIGCHLD, reap);
    while (left > 0)
        sigsuspend(&before);
    printf("Main process finished.\n");
    return 0;
}
