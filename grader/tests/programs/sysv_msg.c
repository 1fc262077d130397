// System V message queues (msgop(2)): by type, blocking, no message, removed
#include "subject.h"
#include <sys/msg.h>

struct message {
    long type;
    char text[16];
};
static int id;

static void send_text(long type, const char *text)
{
    struct message m = {.type = type};
    snprintf(m.text, sizeof m.text, "%s", text);
    must(msgsnd(id, &m, sizeof m.text, 0), "msgsnd");
}

static void sender(void)
{
    nap(40);
    send_text(3, "late");
    nap(40);
    must(msgctl(id, IPC_RMID, NULL), "msgctl");
}

static void take(long type, int flags)
{
    struct message m;
    if (msgrcv(id, &m, sizeof m.text, type, flags) == -1)
        say("type %ld: %s\n", type, strerrorname_np(errno));
    else
        say("type %ld: %ld %s\n", type, m.type, m.text);
}

int main(void)
{
    id = must(msgget(IPC_PRIVATE, 0600), "msgget");
    send_text(5, "five");
    send_text(1, "one");
    send_text(2, "two");
    take(2, 0);
    take(-4, 0);
    take(9, IPC_NOWAIT);
    take(0, 0);
    pid_t pid = start(sender);
    take(0, 0);
    take(0, 0);
    reap(pid);
}
