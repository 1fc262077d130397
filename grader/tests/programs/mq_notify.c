// mq_notify(3): a signal, once, when a message comes to an empty queue
#include "subject.h"
#include <mqueue.h>

static mqd_t queue;

static void sender(void)
{
    mq_send(queue, "one", 4, 0);
    mq_send(queue, "two", 4, 0);
}

int main(void)
{
    char name[40];
    struct mq_attr attr = {.mq_maxmsg = 4, .mq_msgsize = 16};
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGUSR1,
                             .sigev_value.sival_int = 8};
    siginfo_t info;
    sigset_t set = one(SIGUSR1);
    struct timespec t = ms(50);
    block(SIGUSR1);
    snprintf(name, sizeof name, "/subject-%d", getpid());
    queue = must(mq_open(name, O_RDWR | O_CREAT, 0600, &attr), "mq_open");
    must(mq_unlink(name), "mq_unlink");
    must(mq_notify(queue, &event), "mq_notify");
    pid_t pid = start(sender);
    sigwaitinfo(&set, &info);
    say("value %d, SI_MESGQ: %s, by my child: %s\n", info.si_value.sival_int,
        yes(info.si_code == SI_MESGQ), yes(info.si_pid == pid));
    int r = sigtimedwait(&set, &info, &t);
    say("once: %d %s\n", r, strerrorname_np(errno));
    reap(pid);
}
