/* sleepers N TIMES: N processes that sleep TIMES times each, no two of them
 * until the same moment. */
#include <err.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static void sleep_often(int who, int times)
{
    for (int i = 0; i < times; i++)
        nanosleep(&(struct timespec){.tv_sec = 20 + who / 50,
                                     .tv_nsec = who % 50 * 20000000}, NULL);
}

int main(int argc, char **argv)
{
    int n = argc > 1 ? atoi(argv[1]) : 1;
    int times = argc > 2 ? atoi(argv[2]) : 1;
    for (int who = 0; who < n; who++) {
        pid_t pid = fork();
        if (pid == -1)
            err(EXIT_FAILURE, "fork");
        if (pid == 0) {
            sleep_often(who, times);
            _exit(0);
        }
    }
    for (int who = 0; who < n; who++)
        if (wait(NULL) == -1)
            err(EXIT_FAILURE, "wait");
    return EXIT_SUCCESS;
}
