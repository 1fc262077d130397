// unix(7): a server that listens on a name in the file system, three clients
#include "subject.h"
#include <sys/socket.h>
#include <sys/un.h>

static const struct sockaddr_un name = {AF_UNIX, "subject.socket"};
static int number;

static void client(void)
{
    char text[16] = "";
    int fd = must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
    must(connect(fd, (const struct sockaddr *)&name, sizeof name), "connect");
    dprintf(fd, "%d", number);
    shutdown(fd, SHUT_WR);
    must((int)read(fd, text, sizeof text - 1), "read");
    _exit(atoi(text));
}

static void serve(int listener)
{
    char text[16] = "";
    int fd = must(accept(listener, NULL, NULL), "accept");
    must((int)recv(fd, text, sizeof text - 1, MSG_WAITALL), "recv");
    dprintf(fd, "%d", atoi(text) * 10);
    close(fd);
}

int main(void)
{
    pid_t pid[3];
    int fd = must(socket(AF_UNIX, SOCK_STREAM, 0), "socket");
    must(bind(fd, (const struct sockaddr *)&name, sizeof name), "bind");
    must(listen(fd, 5), "listen");
    for (number = 1; number <= 3; number++)
        pid[number - 1] = start(client);
    for (int i = 0; i < 3; i++)
        serve(fd);
    for (int i = 0; i < 3; i++)
        say("client %d: %s\n", i + 1, how(reap(pid[i])));
    unlink(name.sun_path);
}
