// a supervisor restarts a worker that dies, three times, with a pause between
#include "subject.h"

static int attempt;

static void worker(void)
{
    nap(20);
    if (attempt < 3)
        raise(attempt % 2 ? SIGKILL : SIGTERM);
    _exit(0);
}

int main(void)
{
    int status;
    do {
        status = reap(start(worker));
        say("attempt %d: %s\n", attempt, how(status));
        attempt++;
        nap(10);
    } while (WIFSIGNALED(status));
}
