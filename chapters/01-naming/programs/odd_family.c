#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

static pid_t start(const char *name, unsigned seconds)
{
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0) {
        if (prctl(PR_SET_NAME, name) == -1)
            err(EXIT_FAILURE, "prctl");
        sleep(seconds);
        _exit(EXIT_SUCCESS);
    }
    return pid;
}

int main(void)
{
    char first[16], second[16];
    snprintf(first, sizeof first, "%d", start("sleeper) Z 1 (x", 5));
    snprintf(second, sizeof second, "%d", start("early bird", 1));
    sleep(2);
    execl("./who_is_it", "who_is_it", first, second, NULL);
    err(EXIT_FAILURE, "./who_is_it");
}
