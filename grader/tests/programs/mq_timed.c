// mq_timedreceive(3) and mq_timedsend(3): in vain and in time
#include "subject.h"
#include <mqueue.h>

static mqd_t queue;

static void sender(void)
{
    nap(40);
    mq_send(queue, "late", 5, 2);
}

static void take(int n)
{
    char text[16] = "";
    struct timespec end = in_ms(CLOCK_REALTIME, n);
    int64_t begin = now_ms();
    ssize_t r = mq_timedreceive(queue, text, sizeof text, NULL, &end);
    say("%zd %s, ", r, r < 0 ? strerrorname_np(errno) : text);
    say("whole time: %s\n", yes(now_ms() - begin >= n - 1));
}

int main(void)
{
    char name[40];
    struct mq_attr attr = {.mq_maxmsg = 1, .mq_msgsize = 16};
    snprintf(name, sizeof name, "/subject-%d", getpid());
    queue = must(mq_open(name, O_RDWR | O_CREAT, 0600, &attr), "mq_open");
    must(mq_unlink(name), "mq_unlink");
    take(70);
    pid_t pid = start(sender);
    take(1000000);
    reap(pid);
    mq_send(queue, "first", 6, 0);
    struct timespec end = in_ms(CLOCK_REALTIME, 70);
    int r = mq_timedsend(queue, "second", 7, 0, &end);
    say("full: %d %s\n", r, strerrorname_np(errno));
    take(0);
}
