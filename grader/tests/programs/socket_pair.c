// socketpair(2): both ways, ends by shutdown(2), messages keep their bounds,
// descriptors and credentials travel
#include "subject.h"
#include <sys/socket.h>

static int pair[2];

static void child(void)
{
    char text[16] = "";
    ssize_t n = recv(pair[1], text, sizeof text, MSG_WAITALL);
    say("child got %zd: %s\n", n, text);
    must((int)send(pair[1], "back", 4, 0), "send");
}

static void messages(void)
{
    char text[16];
    must(socketpair(AF_UNIX, SOCK_DGRAM, 0, pair), "socketpair");
    must((int)send(pair[0], "one", 3, 0), "send");
    must((int)send(pair[0], "three", 5, 0), "send");
    say("messages: %zd", recv(pair[1], text, sizeof text, 0));
    say(" %zd\n", recv(pair[1], text, sizeof text, 0));
}

static void pass(int socket, int fd)
{
    char control[CMSG_SPACE(sizeof fd)] = "", byte = 'x';
    struct iovec io = {&byte, 1};
    struct msghdr m = {.msg_iov = &io,
                       .msg_iovlen = 1,
                       .msg_control = control,
                       .msg_controllen = sizeof control};
    struct cmsghdr *c = CMSG_FIRSTHDR(&m);
    c->cmsg_level = SOL_SOCKET;
    c->cmsg_type = SCM_RIGHTS;
    c->cmsg_len = CMSG_LEN(sizeof fd);
    memcpy(CMSG_DATA(c), &fd, sizeof fd);
    must((int)sendmsg(socket, &m, 0), "sendmsg");
    must((int)recvmsg(pair[1], &m, 0), "recvmsg");
    memcpy(&fd, CMSG_DATA(CMSG_FIRSTHDR(&m)), sizeof fd);
    dprintf(fd, "through a passed descriptor\n");
}

int main(void)
{
    char text[16] = "";
    struct ucred peer;
    socklen_t len = sizeof peer;
    must(socketpair(AF_UNIX, SOCK_STREAM, 0, pair), "socketpair");
    getsockopt(pair[0], SOL_SOCKET, SO_PEERCRED, &peer, &len);
    say("peer is me: %s\n", yes(peer.pid == getpid()));
    pid_t pid = start(child);
    must((int)send(pair[0], "to and fro", 10, 0), "send");
    shutdown(pair[0], SHUT_WR);
    reap(pid);
    ssize_t n = recv(pair[0], text, sizeof text, 0);
    say("parent got %zd: %s\n", n, text);
    messages();
    pass(pair[0], STDOUT_FILENO);
}
