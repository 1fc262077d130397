// never ends: parent and child each wait for the other to write first
#include "subject.h"

static int to[2], from[2];

static void child(void)
{
    must((int)read(to[0], &(char){0}, 1), "read");
    must((int)write(from[1], "x", 1), "write");
}

int main(void)
{
    must(pipe(to), "pipe");
    must(pipe(from), "pipe");
    start(child);
    must((int)read(from[0], &(char){0}, 1), "read");
    must((int)write(to[1], "x", 1), "write");
}
