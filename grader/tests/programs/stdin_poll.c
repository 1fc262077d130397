// poll(2) and select(2) on standard input, which is at its end here
#include "subject.h"
#include <poll.h>

int main(void)
{
    char c;
    struct pollfd p = {.fd = STDIN_FILENO, .events = POLLIN};
    int r = poll(&p, 1, 5000);
    say("poll: %d, readable or at its end: %s\n", r,
        yes(p.revents & (POLLIN | POLLHUP)));
    say("read: %zd\n", read(STDIN_FILENO, &c, 1));
    say("a terminal: %s\n", yes(isatty(STDIN_FILENO)));
}
