// mq_overview(7): priorities, blocking, non-blocking, and removal while it is
// still open
#include "subject.h"
#include <mqueue.h>

static mqd_t queue;

static void sender(void)
{
    nap(40);
    mq_send(queue, "late", 5, 7);
}

static void take(void)
{
    char text[16];
    unsigned priority;
    if (mq_receive(queue, text, sizeof text, &priority) == -1)
        say("%s\n", strerrorname_np(errno));
    else
        say("%s, priority %u\n", text, priority);
}

int main(void)
{
    char name[40];
    struct mq_attr attr = {.mq_maxmsg = 3, .mq_msgsize = 16}, old;
    snprintf(name, sizeof name, "/subject-%d", getpid());
    queue = must(mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr), "open");
    int r = mq_open(name, O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
    say("again: %d %s\n", r, strerrorname_np(errno));
    mq_send(queue, "low", 4, 1);
    mq_send(queue, "high", 5, 9);
    take();
    take();
    pid_t pid = start(sender);
    take();
    reap(pid);
    must(mq_unlink(name), "mq_unlink");
    r = mq_open(name, O_RDWR);
    say("unlinked: %d %s, ", r, strerrorname_np(errno));
    say("still open: %d\n", mq_send(queue, "last", 5, 0));
    take();
    attr.mq_flags = O_NONBLOCK;
    mq_setattr(queue, &attr, &old);
    take();
}
