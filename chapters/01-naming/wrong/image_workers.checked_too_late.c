// fails: image_bad_argument: "Main starts exactly 0 processes"
// why: each argument is checked when its turn comes.  With a mistake in the
//      second one the first worker is running already, and main leaves it.
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

struct worker {
    char name[128], image[128];
    unsigned seconds;
};

static unsigned seconds_of(const char *text)
{
    char *end;
    unsigned long value = strtoul(text, &end, 10);
    if (*text < '0' || *text > '9' || *end || value < 1 || value > 3600)
        errx(2, "%s: not a number of seconds", text);
    return (unsigned)value;
}

static struct worker parse(const char *arg, int ordinal)
{
    struct worker w;
    const char *equals = strchr(arg, '=');
    snprintf(w.name, sizeof w.name, "Process-%d", ordinal);
    if (equals)
        snprintf(w.name, sizeof w.name, "%.*s", (int)(equals - arg), arg);
    const char *image = equals ? equals + 1 : arg;
    const char *colon = strrchr(image, ':');
    if (!colon || colon == image || equals == arg)
        errx(2, "%s: not [NAME=]IMAGE:SECONDS", arg);
    snprintf(w.image, sizeof w.image, "%.*s", (int)(colon - image), image);
    w.seconds = seconds_of(colon + 1);
    return w;
}

static void work(const struct worker *w)
{
    prctl(PR_SET_NAME, w->name);
    printf("[%s] Starting to process %s...\n", w->name, w->image);
    fflush(stdout);
    sleep(w->seconds);
    printf("[%s] Finished %s in %u seconds.\n", w->name, w->image, w->seconds);
    fflush(stdout);
}

int main(int argc, char **argv)
{
    for (int i = 1; i < argc; i++) {
        struct worker w = parse(argv[i], i);
        pid_t pid = fork();
        if (pid == -1) {
            warn("fork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
        if (pid == 0) {
            work(&w);
            _exit(0);
        }
    }
    printf("All image processes started!\n\n");
    fflush(stdout);
    for (int i = 1; i < argc; i++) {
        if (wait(NULL) == -1)
            err(1, "wait");
    }
    printf("All images have been processed!\n");
    return 0;
}
