// a child's end does not wake a sleeper whose SIGCHLD is ignored, be it by
// default or by SIG_IGN: nanosleep, poll, select, epoll, sigtimedwait,
// semaphores
#include "subject.h"
#include <poll.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/select.h>
#include <sys/sem.h>

enum { LENGTH = 100 };

static int do_nanosleep(void)
{
    struct timespec t = ms(LENGTH);
    return nanosleep(&t, NULL);
}

static int do_poll(void)
{
    return poll(NULL, 0, LENGTH);
}

static int do_ppoll(void)
{
    struct timespec t = ms(LENGTH);
    return ppoll(NULL, 0, &t, NULL);
}

static int do_select(void)
{
    return select(0, NULL, NULL, NULL, &(struct timeval){0, LENGTH * 1000});
}

static int do_epoll(void)
{
    struct epoll_event event;
    int fd = must(epoll_create1(0), "epoll_create1");
    int n = epoll_wait(fd, &event, 1, LENGTH), e = errno;
    close(fd);
    errno = e;
    return n;
}

static int do_sigtimedwait(void)
{
    struct timespec t = ms(LENGTH);
    sigset_t set = one(SIGUSR1);
    return sigtimedwait(&set, NULL, &t);
}

static int do_sem(void)
{
    sem_t sem;
    struct timespec end = in_ms(CLOCK_REALTIME, LENGTH);
    sem_init(&sem, 0, 0);
    return sem_timedwait(&sem, &end);
}

/* Who waits for a semaphore without a limit gets it, when the child gives. */
static int shared_semaphore;

static int do_semop(void)
{
    struct sembuf down = {.sem_op = -1};
    pid_t giver = fork();
    if (giver == 0) {
        struct sembuf up = {.sem_op = 1};
        nap(LENGTH);
        _exit(semop(shared_semaphore, &up, 1));
    }
    int r = semop(shared_semaphore, &down, 1);
    int e = errno;
    waitpid(giver, NULL, 0);
    errno = e;
    return r;
}

static int do_semtimedop(void)
{
    struct sembuf down = {.sem_op = -1};
    struct timespec t = ms(LENGTH);
    return semtimedop(shared_semaphore, &down, 1, &t);
}

static void child(void)
{
    nap(30);
}

static void try(const char *name, int (*call)(void))
{
    int64_t begin = now_ms();
    pid_t pid = start(child);
    errno = 0;
    int r = call();
    say("%s: %d %s, ", name, r, r < 0 ? strerrorname_np(errno) : "");
    say("whole time: %s\n", yes(now_ms() - begin >= LENGTH - 1));
    waitpid(pid, NULL, 0);
}

int main(void)
{
    shared_semaphore = must(semget(IPC_PRIVATE, 1, 0600), "semget");
    for (int i = 0; i < 2; i++) {
        say("%s\n", i ? "SIG_IGN" : "by default");
        on(SIGCHLD, i ? SIG_IGN : SIG_DFL, 0);
        try("nanosleep", do_nanosleep);
        try("poll", do_poll);
        try("ppoll", do_ppoll);
        try("select", do_select);
        try("epoll_wait", do_epoll);
        try("sigtimedwait", do_sigtimedwait);
        try("sem_timedwait", do_sem);
        try("semtimedop", do_semtimedop);
        try("semop", do_semop);
    }
    semctl(shared_semaphore, 0, IPC_RMID);
}
