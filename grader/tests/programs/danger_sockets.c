// observed only: in a grading there is no socket but of AF_UNIX
// expect: AF_UNIX: allowed
// expect: AF_INET: EAFNOSUPPORT
// expect: AF_INET6: EAFNOSUPPORT
// expect: AF_NETLINK: EAFNOSUPPORT
// expect: AF_PACKET: EAFNOSUPPORT
// expect: AF_ALG: EAFNOSUPPORT
// expect: AF_VSOCK: EAFNOSUPPORT
// expect: a pair of AF_UNIX: allowed
// expect: a pair of AF_TIPC: EAFNOSUPPORT
#include "subject.h"
#include <sys/socket.h>

static void tell(const char *what, int result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "allowed");
}

int main(void)
{
    only_if_confined();
    int pair[2];
    tell("AF_UNIX", socket(AF_UNIX, SOCK_STREAM, 0));
    tell("AF_INET", socket(AF_INET, SOCK_DGRAM, 0));
    tell("AF_INET6", socket(AF_INET6, SOCK_DGRAM, 0));
    tell("AF_NETLINK", socket(AF_NETLINK, SOCK_RAW, 0));
    tell("AF_PACKET", socket(AF_PACKET, SOCK_RAW, 0));
    tell("AF_ALG", socket(AF_ALG, SOCK_SEQPACKET, 0));
    tell("AF_VSOCK", socket(AF_VSOCK, SOCK_STREAM, 0));
    tell("a pair of AF_UNIX", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));
    tell("a pair of AF_TIPC", socketpair(AF_TIPC, SOCK_STREAM, 0, pair));
}
