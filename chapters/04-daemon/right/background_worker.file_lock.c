/* Main holds a write lock on a file that no longer has a name.  Such a lock
 * belongs to the process, so children do not inherit it, and the kernel drops
 * it when main is gone, however.  A daemon waits for the lock; its alarm, at
 * the end of its work, interrupts that (no SA_RESTART). */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 100 };

struct worker {
    char name[60];
    bool daemon;
    unsigned seconds;
    pid_t pid;
};

static struct worker parse(const char *arg)
{
    struct worker w = {.daemon = false};
    const char *name = arg;
    char *end = NULL;
    if (strncmp(arg, "daemon:", 7) == 0 && strchr(arg + 7, ':')) {
        w.daemon = true;
        name += 7;
    }
    size_t len = strcspn(name, ":");
    if (len < 1 || len > 50 || name[len] != ':' || name[len + 1] < '0' ||
        name[len + 1] > '9')
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    unsigned long seconds = strtoul(name + len + 1, &end, 10);
    if (*end || seconds < 1 || seconds > 3600)
        errx(2, "%s: not a number of seconds from 1 to 3600", arg);
    memcpy(w.name, name, len);
    w.seconds = (unsigned)seconds;
    return w;
}

static void done(int signal)
{
    (void)signal;
}

/* Whether main is still there after so many seconds. */
static bool work_in_background(FILE *life, unsigned seconds)
{
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    struct sigaction action = {.sa_handler = done};
    sigaction(SIGALRM, &action, NULL);
    alarm(seconds);
    return fcntl(fileno(life), F_SETLKW, &lock) == -1 && errno == EINTR;
}

static int work(const struct worker *w, FILE *life)
{
    dprintf(1, "[%s] Working%s...\n", w->name,
            w->daemon ? " in the background" : "");
    if (!w->daemon)
        sleep(w->seconds);
    else if (!work_in_background(life, w->seconds))
        return 1;
    dprintf(1, "[%s] Finished in %u seconds.\n", w->name, w->seconds);
    return 0;
}

int main(int argc, char **argv)
{
    struct worker list[MOST];
    struct flock lock = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
    if (argc > MOST)
        errx(2, "too many workers");
    for (int i = 1; i < argc; i++)
        list[i] = parse(argv[i]);
    FILE *life = tmpfile();
    if (!life || fcntl(fileno(life), F_SETLK, &lock) == -1)
        err(1, "a file to lock");
    dprintf(1, "Main process started.\n");
    for (int i = 1; i < argc; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (list[i].pid == 0)
            _exit(work(&list[i], life));
    }
    bool well = true;
    for (int i = 1; i < argc; i++) {
        int status = 0;
        if (!list[i].daemon && waitpid(list[i].pid, &status, 0) == -1)
            err(1, "waitpid");
        well = well && status == 0;
    }
    dprintf(1, "Main process finished.\n");
    return well ? 0 : 1;
}
