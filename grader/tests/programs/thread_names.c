// pthread_setname_np(3): a thread's name is its own; the process's is that of
// its leader
#include "subject.h"
#include <pthread.h>
#include <sys/prctl.h>

static char mine[17];

static void *body(void *arg)
{
    char path[64], line[32] = "";
    prctl(PR_GET_NAME, mine);
    say("inherited: %s\n", mine);
    pthread_setname_np(pthread_self(), arg);
    snprintf(path, sizeof path, "/proc/self/task/%d/comm", gettid());
    int fd = open(path, O_RDONLY);
    must(read(fd, line, sizeof line - 1), "read");
    close(fd);
    say("now: %s", line);
    prctl(PR_SET_NAME, "by-prctl");
    pthread_getname_np(pthread_self(), mine, sizeof mine);
    say("then: %s\n", mine);
    return NULL;
}

int main(void)
{
    pthread_t thread;
    prctl(PR_SET_NAME, "leader");
    pthread_create(&thread, NULL, body, "worker");
    pthread_join(thread, NULL);
    prctl(PR_GET_NAME, mine);
    say("leader's: %s\n", mine);
    int error = pthread_setname_np(pthread_self(), "sixteen bytes !!");
    say("sixteen bytes: %s\n", strerrorname_np(error));
}
