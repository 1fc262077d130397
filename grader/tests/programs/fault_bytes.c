/* Writes twelve bytes into a pipe and reads what is there, as far as the calls
 * let it: fewer bytes are no failure. */
#include "subject.h"

int main(void)
{
    static const char text[] = "twelve bytes";
    char bytes[16];
    int fds[2];
    must(pipe(fds), "pipe");
    size_t length = 12; /* a register that the calls must leave alone */
    ssize_t first = write(fds[1], text, length);
    ssize_t second = write(fds[1], text, length);
    ssize_t got = read(fds[0], bytes, sizeof bytes);
    say("wrote %zd and %zd of %zu, read %zd: %.*s\n", first, second, length,
        got, (int)got, bytes);
    return 0;
}
