// SIGSTOP and SIGCONT do not shorten a sleep; the clock runs on while it is
// stopped, and no EINTR is seen
#include "subject.h"

static int length;

static void child(void)
{
    struct timespec t = ms(length), left = {9, 9};
    int64_t begin = now_ms();
    int r = nanosleep(&t, &left);
    say("nanosleep: %d, whole time: %s, ", r,
        yes(now_ms() - begin >= length - 1));
    say("remainder was written all the same: %s\n", yes(left.tv_sec != 9));
}

static void try(int sleep_ms, int stop_ms)
{
    int status;
    int64_t begin = now_ms();
    length = sleep_ms;
    pid_t pid = start(child);
    await_state(pid, 'S');
    kill(pid, SIGSTOP);
    must(waitpid(pid, &status, WUNTRACED), "waitpid");
    say("%s, ", how(status));
    nap(stop_ms);
    kill(pid, SIGCONT);
    reap(pid);
    int most = sleep_ms > stop_ms ? sleep_ms : stop_ms;
    say("took at least %d ms: %s\n", most, yes(now_ms() - begin >= most - 1));
}

int main(void)
{
    try(300, 60);
    try(60, 200);
}
