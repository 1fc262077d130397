// SO_RCVTIMEO, SO_SNDTIMEO (socket(7)): in vain, in time, asked for, with a
// handler (never restarted), stopped, and taken back
#include "subject.h"
#include <sys/socket.h>
#include <sys/time.h>

static int pair[2];

static void handler(int sig)
{
    (void)sig;
}

static void set(int option, int n)
{
    struct timeval t = {n / 1000, n % 1000 * 1000};
    must(setsockopt(pair[0], SOL_SOCKET, option, &t, sizeof t), "setsockopt");
}

static void show(const char *what, int64_t begin, ssize_t r)
{
    int error = r == -1 ? errno : 0;
    say("%s: %zd %s, waited: %s\n", what, r,
        error ? strerrorname_np(error) : "", yes(now_ms() - begin >= 99));
}

static void speaks(void)
{
    nap(30);
    must((int)write(pair[1], "x", 1), "write");
}

static void signals(void)
{
    nap(30);
    kill(getppid(), SIGUSR1);
    _exit(0);
}

static void is_stopped(void)
{
    char c;
    ssize_t r = recv(pair[0], &c, 1, 0);
    say("stopped: %zd %s\n", r, strerrorname_np(errno));
    _exit(0);
}

static void in_vain(void)
{
    char text[4096] = "";
    struct iovec v = {text, 1};
    int64_t begin = now_ms();
    show("recv", begin, recv(pair[0], text, 1, 0));
    begin = now_ms();
    show("read", begin, read(pair[0], text, 1));
    begin = now_ms();
    show("recvmsg", begin,
         recvmsg(pair[0], &(struct msghdr){.msg_iov = &v, .msg_iovlen = 1}, 0));
    set(SO_SNDTIMEO, 100);
    while (send(pair[0], text, sizeof text, MSG_DONTWAIT) > 0)
        ;
    begin = now_ms();
    show("send", begin, send(pair[0], text, sizeof text, 0));
    begin = now_ms();
    show("write", begin, write(pair[0], text, sizeof text));
}

static void with_others(void)
{
    char c;
    struct timeval t;
    socklen_t len = sizeof t;
    pid_t pid = start(speaks);
    say("in time: %zd\n", recv(pair[0], &c, 1, 0));
    reap(pid);
    on(SIGUSR1, handler, SA_RESTART);
    pid = start(signals);
    ssize_t r = recv(pair[0], &c, 1, 0);
    say("handled: %zd %s\n", r, strerrorname_np(errno));
    reap(pid);
    getsockopt(pair[0], SOL_SOCKET, SO_RCVTIMEO, &t, &len);
    say("set to 400 ms: %s\n",
        yes(t.tv_sec == 0 && t.tv_usec >= 400000 && t.tv_usec <= 410000));
    pid = start(is_stopped);
    nap(50);
    kill(pid, SIGSTOP);
    nap(50);
    kill(pid, SIGCONT);
    reap(pid);
}

int main(void)
{
    char c;
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    set(SO_RCVTIMEO, 100);
    in_vain();
    set(SO_RCVTIMEO, 400);
    with_others();
    set(SO_RCVTIMEO, 0);
    pid_t pid = start(speaks);
    say("no time-out: %zd\n", recv(pair[0], &c, 1, 0));
    reap(pid);
}
