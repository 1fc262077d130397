/* Every timed wait, 400 ms long and in vain, each in a process of its own, all
 * at the same time; for timed_stopped.c and timed_handled.c. */
#include "subject.h"
#include <linux/futex.h>
#include <mqueue.h>
#include <poll.h>
#include <semaphore.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/select.h>
#include <sys/sem.h>
#include <sys/syscall.h>

enum { LENGTH_MS = 400 };

static int t_nanosleep(void)
{
    struct timespec t = ms(LENGTH_MS);
    return nanosleep(&t, NULL);
}

static int t_clock_nanosleep_until(void)
{
    struct timespec t = in_ms(CLOCK_MONOTONIC, LENGTH_MS);
    errno = clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL);
    return errno ? -1 : 0;
}

static int t_poll(void)
{
    return poll(NULL, 0, LENGTH_MS);
}

static int t_ppoll(void)
{
    struct timespec t = ms(LENGTH_MS);
    return ppoll(NULL, 0, &t, NULL);
}

static int t_select(void)
{
    struct timeval t = {0, LENGTH_MS * 1000};
    return select(0, NULL, NULL, NULL, &t);
}

static int t_pselect(void)
{
    struct timespec t = ms(LENGTH_MS);
    return pselect(0, NULL, NULL, NULL, &t, NULL);
}

static int t_epoll_wait(void)
{
    struct epoll_event e;
    return epoll_wait(epoll_create1(0), &e, 1, LENGTH_MS);
}

static int t_sigtimedwait(void)
{
    sigset_t set;
    struct timespec t = ms(LENGTH_MS);
    sigemptyset(&set);
    sigaddset(&set, SIGUSR2);
    sigprocmask(SIG_BLOCK, &set, NULL);
    return sigtimedwait(&set, NULL, &t);
}

static int t_semtimedop(void)
{
    struct sembuf take = {0, -1, 0};
    struct timespec t = ms(LENGTH_MS);
    int id = must(semget(IPC_PRIVATE, 1, 0600), "semget");
    int r = semtimedop(id, &take, 1, &t), error = errno;
    semctl(id, 0, IPC_RMID);
    errno = error;
    return r;
}

static int t_mq_timedreceive(void)
{
    char text[64], name[64];
    struct mq_attr attr = {.mq_maxmsg = 1, .mq_msgsize = sizeof text};
    struct timespec t = in_ms(CLOCK_REALTIME, LENGTH_MS);
    snprintf(name, sizeof name, "/proclab-timed-%d", getpid());
    mqd_t q = must(mq_open(name, O_RDWR | O_CREAT, 0600, &attr), "mq_open");
    mq_unlink(name);
    return (int)mq_timedreceive(q, text, sizeof text, NULL, &t);
}

static int t_sem_timedwait(void)
{
    sem_t sem;
    struct timespec t = in_ms(CLOCK_REALTIME, LENGTH_MS);
    sem_init(&sem, 0, 0);
    return sem_timedwait(&sem, &t);
}

static int t_futex(void)
{
    static unsigned word;
    struct timespec t = ms(LENGTH_MS);
    return (int)syscall(SYS_futex, &word, FUTEX_WAIT, 0, &t, NULL, 0);
}

static const struct {
    const char *name;
    int (*call)(void);
} calls[] = {
    {"nanosleep", t_nanosleep},
    {"clock_nanosleep until", t_clock_nanosleep_until},
    {"poll", t_poll},
    {"ppoll", t_ppoll},
    {"select", t_select},
    {"pselect", t_pselect},
    {"epoll_wait", t_epoll_wait},
    {"sigtimedwait", t_sigtimedwait},
    {"semtimedop", t_semtimedop},
    {"mq_timedreceive", t_mq_timedreceive},
    {"sem_timedwait", t_sem_timedwait},
    {"futex", t_futex},
};

enum { CALLS = sizeof calls / sizeof *calls };

static char (*lines)[128];
static pid_t pids[CALLS];

/* The call, its result and whether it lasted as long as it should. */
static void try_call(int i)
{
    int64_t begin = now_ms();
    int r = calls[i].call(), error = errno;
    int64_t passed = now_ms() - begin;
    bool early = r == -1 && error == EINTR;
    snprintf(lines[i], sizeof lines[i], "%s: %d %s%s\n", calls[i].name, r,
             r == -1 ? strerrorname_np(error) : "",
             early                     ? ""
             : passed >= 2 * LENGTH_MS ? ", what was left after the stop"
             : passed >= LENGTH_MS - 1 ? ", the whole time"
                                       : ", too early");
}

static void start_all(void (*prepare)(void))
{
    lines = mmap(NULL, CALLS * sizeof *lines, PROT_READ | PROT_WRITE,
                 MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    for (int i = 0; i < CALLS; i++) {
        pids[i] = must(fork(), "fork");
        if (pids[i] > 0)
            continue;
        if (prepare)
            prepare();
        try_call(i);
        _exit(0);
    }
}

static void signal_all(int sig)
{
    for (int i = 0; i < CALLS; i++)
        must(kill(pids[i], sig), "kill");
}

static void end_all(const char *title)
{
    for (int i = 0; i < CALLS; i++)
        reap(pids[i]);
    say("%s:\n", title);
    for (int i = 0; i < CALLS; i++)
        say("  %s", lines[i]);
}
