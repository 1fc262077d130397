/* A pidfd for each child: pidfd_send_signal() can never hit a stranger, as a
 * pidfd stays with its process; waitid(P_PIDFD) reaps. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <err.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

struct download {
    char name[60];
    int seconds;
    int pidfd;
    bool cancelled, reaped;
    siginfo_t end;
};

static struct download *list;
static int n;

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
    struct download d = {.pidfd = -1};
    const char *colon = strchr(arg, ':');
    if (!colon || colon == arg || colon - arg >= (long)sizeof d.name)
        errx(2, "%s: not NAME:STEP_SECONDS", arg);
    memcpy(d.name, arg, (size_t)(colon - arg));
    size_t digits = strspn(colon + 1, "0123456789");
    if (digits > 0 && digits < 6 && colon[1 + digits] == '\0')
        d.seconds = atoi(colon + 1);
    if (d.seconds < 1 || d.seconds > 3600)
        errx(2, "%s: bad number of seconds", arg);
    if (find(d.name))
        errx(2, "%s: there is one already", arg);
    list[n++] = d;
}

static void work(const struct download *d)
{
    setlinebuf(stdout);
    printf("[%s] Download started...\n", d->name);
    for (int i = 1; i <= 5; i++) {
        for (unsigned left = (unsigned)d->seconds; left > 0;)
            left = sleep(left);
        printf("[%s] %d%% downloaded\n", d->name, 20 * i);
    }
    printf("[%s] Download complete!\n", d->name);
}

static void reap(struct download *d, int options)
{
    if (d->reaped)
        return;
    d->end.si_pid = 0;
    if (waitid(P_PIDFD, (id_t)d->pidfd, &d->end, WEXITED | options) == -1)
        err(1, "waitid");
    d->reaped = d->end.si_pid != 0;
}

static void cancel(const char *name)
{
    struct download *d = find(name);
    if (!d) {
        warnx("no download %s", name);
        return;
    }
    reap(d, WNOHANG);
    if (d->reaped || d->cancelled) {
        warnx("%s is over", name);
        return;
    }
    if (syscall(SYS_pidfd_send_signal, d->pidfd, SIGTERM, NULL, 0) == -1)
        err(1, "pidfd_send_signal");
    d->cancelled = true;
    printf("User cancelled %s!\n", name);
}

int main(int argc, char **argv)
{
    setlinebuf(stdout);
    list = calloc((size_t)argc + 1, sizeof *list);
    if (!list)
        err(1, "calloc");
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    for (int i = n - 1; i >= 0; i--) {
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0) {
            work(&list[i]);
            _exit(0);
        }
        list[i].pidfd = (int)syscall(SYS_pidfd_open, pid, 0);
        if (list[i].pidfd == -1)
            err(1, "pidfd_open");
    }
    printf("All downloads started! Checking status...\n\n");

    char line[200], name[200];
    while (fgets(line, sizeof line, stdin)) {
        line[strcspn(line, "\n")] = '\0';
        if (strcmp(line, "status") == 0) {
            for (int i = 0; i < n; i++) {
                reap(&list[i], WNOHANG);
                printf("%s alive: %s\n", list[i].name,
                       list[i].reaped ? "False" : "True");
            }
        } else if (sscanf(line, "cancel %199s", name) == 1) {
            cancel(name);
        } else if (*line) {
            warnx("what is \"%s\"?", line);
        }
    }
    for (int i = 0; i < n; i++)
        reap(&list[i], 0);
    printf("\nAll downloads completed or stopped!\n");
    for (int i = 0; i < n; i++)
        printf("%s exit code: %d\n", list[i].name,
               list[i].end.si_code == CLD_EXITED ? list[i].end.si_status
                                                 : -list[i].end.si_status);
    free(list);
    return 0;
}
