// a timer that is set to a time in the past kills the process that sets it
#include "subject.h"
#include <time.h>

int main(void)
{
    for (int i = 0; i < 20; i++) {
        int status;
        pid_t pid = fork();
        if (pid == 0) {
            struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                                     .sigev_signo = SIGKILL};
            struct itimerspec past = {.it_value = {.tv_sec = 1}};
            timer_t timer;
            timer_create(CLOCK_MONOTONIC, &event, &timer);
            timer_settime(timer, TIMER_ABSTIME, &past, NULL);
            _exit(1);
        }
        must(waitpid(pid, &status, 0), "waitpid");
        say("%d\n", WIFSIGNALED(status) ? WTERMSIG(status) : -1);
    }
    return 0;
}
