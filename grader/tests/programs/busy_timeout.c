// a loop that polls for a child and reads the clock ends at its time, and
// finds a child that ends before
#include "subject.h"

static bool ended_within(pid_t pid, int64_t limit)
{
    for (int64_t end = now_ms() + limit; now_ms() < end;)
        if (waitpid(pid, NULL, WNOHANG) == pid)
            return true;
    return false;
}

static void child(void)
{
    nap(600);
}

int main(void)
{
    pid_t pid = start(child);
    say("within 200 ms: %s\n", yes(ended_within(pid, 200)));
    say("within 5000 ms: %s\n", yes(ended_within(pid, 5000)));
}
