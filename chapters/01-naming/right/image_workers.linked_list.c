/* The workers form a linked list; each is in the process group of the first
 * one, and waitid(P_PGID) takes whoever of that group has ended.  Lines are
 * buffered by line (setvbuf), also on a pipe. */
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    struct worker *next;
    const char *arg;
    int ordinal;
    size_t name_len; /* 0: none is given */
    const char *image;
    size_t image_len;
    unsigned seconds;
};

static struct worker *parse(char *arg, int ordinal)
{
    struct worker *w = calloc(1, sizeof *w);
    if (!w)
        err(1, NULL);
    w->arg = w->image = arg;
    w->ordinal = ordinal;
    char *equals = strchr(arg, '='), *end = NULL;
    if (equals) {
        w->name_len = (size_t)(equals - arg);
        w->image = equals + 1;
    }
    const char *colon = strrchr(w->image, ':');
    if (!colon || colon == w->image || equals == arg ||
        strspn(colon + 1, "0123456789") == 0)
        errx(2, "%s: not [NAME=]IMAGE:SECONDS", arg);
    w->image_len = (size_t)(colon - w->image);
    unsigned long seconds = strtoul(colon + 1, &end, 10);
    if (*end != '\0' || seconds < 1 || seconds > 3600)
        errx(2, "%s: not a number of seconds from 1 to 3600", arg);
    w->seconds = (unsigned)seconds;
    return w;
}

static _Noreturn void be_worker(const struct worker *w)
{
    char name[128];
    snprintf(name, sizeof name, "%.*s", (int)w->name_len, w->arg);
    if (w->name_len == 0)
        snprintf(name, sizeof name, "Process-%d", w->ordinal);
    if (prctl(PR_SET_NAME, name) == -1)
        err(1, "prctl");
    printf("[%s] Starting to process %.*s...\n", name, (int)w->image_len,
           w->image);
    for (unsigned left = w->seconds; left > 0;)
        left = sleep(left);
    printf("[%s] Finished %.*s in %u seconds.\n", name, (int)w->image_len,
           w->image, w->seconds);
    _exit(0);
}

/* Parent and child both put the child into the group: whoever comes first. */
static pid_t start(const struct worker *w, pid_t group)
{
    pid_t pid = fork();
    if (pid == -1) {
        warn("fork");
        while (wait(NULL) > 0)
            ;
        exit(1);
    }
    if (pid == 0) {
        setpgid(0, group);
        be_worker(w);
    }
    setpgid(pid, group);
    return group ? group : pid;
}

static int join_one(pid_t group)
{
    siginfo_t info = {.si_pid = 0};
    while (waitid(P_PGID, (id_t)group, &info, WEXITED) == -1) {
        if (errno != EINTR)
            err(1, "waitid");
    }
    return info.si_code == CLD_EXITED && info.si_status == 0;
}

int main(int argc, char **argv)
{
    struct worker *first = NULL, **last = &first;
    int well = 1;
    pid_t group = 0;
    setvbuf(stdout, NULL, _IOLBF, 0);
    for (int i = 1; i < argc; i++) {
        *last = parse(argv[i], i);
        last = &(*last)->next;
    }
    for (struct worker *w = first; w; w = w->next)
        group = start(w, group);
    puts("All image processes started!\n");
    for (struct worker *w = first; w; w = w->next)
        well = join_one(group) && well;
    if (!well)
        errx(1, "a worker failed");
    puts("All images have been processed!");
    return 0;
}
