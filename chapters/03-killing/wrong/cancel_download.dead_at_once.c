// fails: cancel_all_reaped: "Main ended without having done so"
// why: kill() has returned, so the download must be dead: main asks once, with
//      WNOHANG, and goes on.  kill() only sends; the child may need a moment to
//      die, and then nobody waits for it any more.
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

struct download {
    char name[64];
    unsigned seconds;
    pid_t pid;
    int cancelled, ended, status;
};

static struct download list[100];
static int n;

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

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
    struct download *d = &list[n];
    size_t len = strcspn(arg, ":");
    if (arg[len] != ':' || len == 0 || len >= sizeof d->name || n == 99)
        errx(2, "%s: not NAME:STEP_SECONDS", arg);
    snprintf(d->name, sizeof d->name, "%.*s", (int)len, arg);
    d->seconds = seconds_of(arg + len + 1);
    if (find(d->name))
        errx(2, "two downloads are called %s", d->name);
    n++;
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

static void look(struct download *d)
{
    if (!d->ended && waitpid(d->pid, &d->status, WNOHANG) == d->pid)
        d->ended = 1;
}

static void cancel(const char *name)
{
    struct download *d = find(name);
    if (!d) {
        warnx("%s: no such download", name);
        return;
    }
    look(d);
    if (d->ended || d->cancelled) {
        warnx("%s has ended already", name);
        return;
    }
    if (kill(d->pid, SIGTERM) == -1) {
        warn("kill");
        return;
    }
    d->cancelled = 1;
    waitpid(d->pid, NULL, WNOHANG);
    d->ended = 1;
    d->status = SIGTERM;
    printf("User cancelled %s!\n", name);
    fflush(stdout);
}

static void status(void)
{
    for (int i = 0; i < n; i++) {
        look(&list[i]);
        printf("%s alive: %s\n", list[i].name,
               list[i].ended ? "False" : "True");
    }
    fflush(stdout);
}

static void obey(char *line)
{
    line[strcspn(line, "\n")] = '\0';
    if (strcmp(line, "status") == 0)
        status();
    else if (strncmp(line, "cancel ", 7) == 0)
        cancel(line + 7);
    else if (*line)
        warnx("%s: no such command", line);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++)
        parse(argv[i]);
    for (int i = 0; i < n; i++) {
        list[i].pid = fork();
        if (list[i].pid == -1)
            err(1, "fork");
        if (list[i].pid == 0) {
            work(&list[i]);
            _exit(0);
        }
    }
    printf("All downloads started! Checking status...\n\n");
    fflush(stdout);

    char line[200];
    while (fgets(line, sizeof line, stdin))
        obey(line);

    for (int i = 0; i < n; i++) {
        if (!list[i].ended && waitpid(list[i].pid, &list[i].status, 0) == -1)
            err(1, "waitpid");
    }
    printf("\nAll downloads completed or stopped!\n");
    for (int i = 0; i < n; i++) {
        int s = list[i].status;
        printf("%s exit code: %d\n", list[i].name,
               WIFSIGNALED(s) ? -WTERMSIG(s) : WEXITSTATUS(s));
    }
    return 0;
}
