/* The daemon asks for SIGUSR1 at main's death, keeps it blocked, and works by
 * waiting for it with a time-out: so it could tidy up before it ends.  When
 * main comes to its end in peace it stops its daemons itself and reaps them. */
#include <err.h>
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

struct worker {
    const char *name;
    int length; /* of the name */
    int daemon;
    time_t seconds;
    pid_t pid;
};

static int parse(const char *arg, struct worker *w)
{
    const char *last = strrchr(arg, ':');
    char *end;
    if (!last || last[1] < '0' || last[1] > '9')
        return -1;
    errno = 0;
    w->seconds = strtol(last + 1, &end, 10);
    w->daemon = strncmp(arg, "daemon:", 7) == 0 && arg + 7 <= last;
    w->name = w->daemon ? arg + 7 : arg;
    w->length = (int)(last - w->name);
    if (memchr(w->name, ':', (size_t)w->length) || w->length == 0)
        return -1;
    return errno || *end || w->seconds < 1 || w->seconds > 3600 ? -1 : 0;
}

static int work(const struct worker *w, pid_t parent)
{
    sigset_t stop;
    struct timespec left = {.tv_sec = w->seconds};
    sigemptyset(&stop);
    if (w->daemon) {
        sigaddset(&stop, SIGUSR1);
        sigprocmask(SIG_BLOCK, &stop, NULL);
        if (prctl(PR_SET_PDEATHSIG, SIGUSR1) == -1 || getppid() != parent)
            return 1;
    }
    dprintf(1, "[%.*s] Working%s...\n", w->length, w->name,
            w->daemon ? " in the background" : "");
    if (sigtimedwait(&stop, NULL, &left) == SIGUSR1)
        return 1;
    dprintf(1, "[%.*s] Finished in %ld seconds.\n", w->length, w->name,
            (long)w->seconds);
    return 0;
}

int main(int argc, char **argv)
{
    int n = argc > 0 ? argc - 1 : 0, failures = 0;
    struct worker *list = calloc((size_t)n + 1, sizeof *list);
    if (!list)
        err(1, "calloc");
    for (int i = 0; i < n; i++) {
        if (parse(argv[i + 1], &list[i]) == -1)
            errx(2, "%s: not [daemon:]NAME:SECONDS", argv[i + 1]);
    }
    dprintf(1, "Main process started.\n");
    pid_t self = getpid();
    for (int i = n - 1; i >= 0; i--) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0)
            _exit(work(&list[i], self));
    }
    for (int i = 0; i < n; i++) {
        int status = 0;
        if (!list[i].daemon && waitpid(list[i].pid, &status, 0) == -1)
            err(1, "waitpid");
        failures += status != 0;
    }
    for (int i = 0; i < n; i++) {
        if (list[i].daemon && (kill(list[i].pid, SIGKILL) == -1 ||
                               waitpid(list[i].pid, NULL, 0) == -1))
            err(1, "cannot stop a daemon");
    }
    dprintf(1, "Main process finished.\n");
    free(list);
    return failures > 0;
}
