// 40 children alive at once, each with an exit code of its own; wait(2) finds
// them all in whatever order
#include "subject.h"

int main(void)
{
    int seen[40] = {0}, status, n = 0;
    for (int i = 0; i < 40; i++)
        if (must(fork(), "fork") == 0)
            _exit(i);
    while (wait(&status) > 0)
        seen[WEXITSTATUS(status)]++;
    say("no child left: %s\n", yes(errno == ECHILD));
    for (int i = 0; i < 40; i++)
        n += seen[i] == 1;
    say("codes seen exactly once: %d\n", n);
}
