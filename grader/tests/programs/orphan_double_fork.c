// a double fork: the grandchild runs on alone, nobody here has to wait for it
#include "subject.h"

static int line[2];

static void grandchild(void)
{
    nap(60);
    dprintf(line[1], "grandchild is done\n");
}

static void child(void)
{
    start(grandchild);
}

int main(void)
{
    char text[64] = "";
    must(pipe(line), "pipe");
    int64_t begin = now_ms();
    say("child: %s\n", how(reap(start(child))));
    close(line[1]);
    say("no child left: %s\n", yes(wait(NULL) == -1 && errno == ECHILD));
    must((int)read(line[0], text, sizeof text - 1), "read");
    say("%s60 ms: %s\n", text, yes(now_ms() - begin >= 59));
    must((int)read(line[0], text, 1), "read"); /* until it has ended */
}
