// which ways to end write out stdio's buffer and run atexit(3) functions
#include "subject.h"
#include <pthread.h>
#include <sys/resource.h>

static void bye(void)
{
    say("atexit\n");
}

static void later_bye(void)
{
    say("registered later, called earlier\n");
}

static void by_exit(void)
{
    exit(1);
}

static void by_underscore(void)
{
    _exit(2);
}

static void by_quick_exit(void)
{
    quick_exit(3);
}

static void by_thread(void)
{
    pthread_exit(NULL);
}

static void try(const char *what, void (*end)(void))
{
    fflush(stdout);
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        printf("buffered\n");
        end();
    }
    say("%s: %s\n", what, how(reap(pid)));
}

int main(void)
{
    setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
    atexit(bye);
    atexit(later_bye);
    try("exit", by_exit);
    try("_exit", by_underscore);
    try("quick_exit", by_quick_exit);
    try("pthread_exit", by_thread);
    try("abort", abort);
    printf("return\n");
    return 4;
}
