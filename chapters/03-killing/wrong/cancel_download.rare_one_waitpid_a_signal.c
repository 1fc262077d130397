// rare: File1:1 File2:2
// fails: cancel_all_reaped: "waits for a signal"
// may fail: cancel_in_time: "never ended"
// why: signals do not queue: two children that end before the handler runs send one
//      SIGCHLD, and the handler reaps one child.
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 100 };

struct download {
    char name[60];
    unsigned seconds;
    volatile pid_t pid; /* 0: reaped */
    volatile int status;
    int cancelled;
};

static struct download list[MOST];
static int n;
static volatile sig_atomic_t running;
static sigset_t child, before;

static void reap(int signal)
{
    int saved = errno, status;
    pid_t pid;
    (void)signal;
    if ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
        for (int i = 0; i < n; i++) {
            if (list[i].pid == pid) {
                list[i].status = status;
                list[i].pid = 0;
                running--;
            }
        }
    }
    errno = saved;
}

static int find(const char *name)
{
    for (int i = 0; i < n; i++) {
        if (strcmp(list[i].name, name) == 0)
            return i;
    }
    return -1;
}

static void parse(const char *arg)
{
    char name[60], *end;
    const char *colon = strchr(arg, ':');
    if (n == MOST || !colon || colon == arg || colon - arg >= 60 ||
        colon[1] < '0' || colon[1] > '9')
        errx(2, "%s: not NAME:STEP_SECONDS", arg);
    unsigned long seconds = strtoul(colon + 1, &end, 10);
    snprintf(name, sizeof name, "%.*s", (int)(colon - arg), arg);
    if (*end || seconds < 1 || seconds > 3600 || find(name) >= 0)
        errx(2, "%s: bad number of seconds or name", arg);
    strcpy(list[n].name, name);
    list[n++].seconds = (unsigned)seconds;
}

static void work(const struct download *d)
{
    printf("[%s] Download started...\n", d->name);
    fflush(stdout);
    for (int i = 1; i <= 5; i++) {
        sleep(d->seconds);
        printf("[%s] %d%% downloaded\n", d->name, 20 * i);
        fflush(stdout);
    }
    printf("[%s] Download complete!\n", d->name);
    fflush(stdout);
}

/* SIGCHLD is blocked here. */
static void obey(char *line)
{
    char *word = strtok(line, " \n");
    char *name = strtok(NULL, " \n");
    int i = name ? find(name) : -1;
    if (!word)
        return;
    if (strcmp(word, "status") == 0 && !name) {
        for (i = 0; i < n; i++)
            printf("%s alive: %s\n", list[i].name,
                   list[i].pid ? "True" : "False");
    } else if (strcmp(word, "cancel") != 0 || i < 0) {
        fprintf(stderr, "not a command, or not a download\n");
    } else if (list[i].cancelled || list[i].pid == 0) {
        fprintf(stderr, "%s has ended\n", name);
    } else {
        if (kill(list[i].pid, SIGTERM) == -1)
            err(1, "kill");
        list[i].cancelled = 1;
        printf("User cancelled %s!\n", name);
    }
    fflush(stdout);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    struct sigaction action = {.sa_handler = reap,
                               .sa_flags = SA_RESTART | SA_NOCLDSTOP};
    sigemptyset(&action.sa_mask);
    sigemptyset(&child);
    sigaddset(&child, SIGCHLD);
    sigprocmask(SIG_BLOCK, &child, &before);
    if (sigaction(SIGCHLD, &action, NULL) == -1)
        err(1, "sigaction");
    for (int i = 0; i < n; i++, running++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0) {
            signal(SIGCHLD, SIG_DFL);
            sigprocmask(SIG_SETMASK, &before, NULL);
            work(&list[i]);
            _exit(0);
        }
    }
    printf("All downloads started! Checking status...\n\n");
    fflush(stdout);

    char line[200];
    sigprocmask(SIG_SETMASK, &before, NULL);
    while (fgets(line, sizeof line, stdin)) {
        sigprocmask(SIG_BLOCK, &child, NULL);
        obey(line);
        sigprocmask(SIG_SETMASK, &before, NULL);
    }
    sigprocmask(SIG_BLOCK, &child, NULL);
    while (running > 0)
        sigsuspend(&before);
    printf("\nAll downloads completed or stopped!\n");
    for (int i = 0; i < n; i++) {
        int s = list[i].status;
        printf("%s exit code: %d\n", list[i].name,
               WIFEXITED(s) ? WEXITSTATUS(s) : -WTERMSIG(s));
    }
    return 0;
}
