// fails: background_daemon_killed_main: "ends together with main"
// why: main ends its daemons when it returns and when SIGTERM comes.  SIGKILL
//      cannot be caught: after it nobody is left to end them.
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static void work(const struct worker *w)
{
    printf("[%s] Working%s...\n", w->name,
           w->daemon ? " in the background" : "");
    fflush(stdout);
    sleep(w->seconds);
    printf("[%s] Finished in %u seconds.\n", w->name, w->seconds);
    fflush(stdout);
}

static void end_daemons(void)
{
    for (int i = 0; i < n; i++) {
        if (list[i].daemon && list[i].pid > 0)
            kill(list[i].pid, SIGTERM);
    }
}

static void terminated(int signal)
{
    (void)signal;
    end_daemons();
    _exit(1);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    printf("Main process started.\n");
    fflush(stdout);
    atexit(end_daemons);
    signal(SIGTERM, terminated);
    for (int i = 0; i < n; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0) {
            signal(SIGTERM, SIG_DFL);
            work(&list[i]);
            _exit(0);
        }
    }
    for (int i = 0; i < n; i++) {
        if (!list[i].daemon && waitpid(list[i].pid, NULL, 0) == -1)
            err(1, "waitpid");
    }
    printf("Main process finished.\n");
    return 0;
}
