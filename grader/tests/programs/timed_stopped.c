// every timed wait, stopped by SIGSTOP after 100 ms of 400: continued while
// there is time left, or when it is over; SIGCONT alone means nothing
#include "timed_calls.h"

static void stop_for(int n, const char *title)
{
    start_all(NULL);
    nap(100);
    signal_all(SIGSTOP);
    nap(n);
    signal_all(SIGCONT);
    end_all(title);
}

static void continue_only(void)
{
    start_all(NULL);
    nap(100);
    signal_all(SIGCONT);
    end_all("not stopped");
}

int main(void)
{
    continue_only();
    stop_for(50, "continued in time");
    stop_for(500, "continued too late");
}
