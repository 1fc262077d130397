// execve(2) from a thread that is not the leader: the others end, the pid
// stays, the new program's only thread has tid == pid
#include "subject.h"
#include <dirent.h>
#include <pthread.h>

static char *program;

static int threads(void)
{
    DIR *dir = opendir("/proc/self/task");
    int n = 0;
    while (readdir(dir))
        n++;
    closedir(dir);
    return n - 2;
}

static void *body(void *arg)
{
    char before[16];
    snprintf(before, sizeof before, "%d", getpid());
    if (arg) {
        say("threads before: %d\n", threads());
        execl(program, program, before, NULL);
    }
    pause();
    return NULL;
}

int main(int argc, char **argv)
{
    if (argc > 1) {
        say("same pid: %s\n", yes(getpid() == atoi(argv[1])));
        say("tid is pid: %s\n", yes(gettid() == getpid()));
        say("threads now: %d\n", threads());
        return 17;
    }
    pthread_t thread;
    program = argv[0];
    for (int i = 0; i < 3; i++)
        pthread_create(&thread, NULL, body, NULL);
    pthread_create(&thread, NULL, body, argv[0]);
    pthread_join(thread, NULL);
}
