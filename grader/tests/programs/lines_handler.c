/* Lines in a signal handler, and those that signals interrupted. */
#include "subject.h"

static volatile int alarms;

static void handler(int sig)
{
    const char *text = sig == SIGALRM ? "alarm\n" : "handler\n";
    if (write(1, text, strlen(text)) < 0) /* LINE: write 1.1 */
        _exit(1);
    alarms += sig == SIGALRM;
}

static __attribute__((noinline)) void child(void)
{
    raise(SIGUSR1); /* LINE: signal 1.1, deliver 1.1 */
    printf("back\n");
    fflush(stdout); /* LINE: write 1.1 */
    alarm(1);
    pause();            /* LINE: block 1.1, deliver 1.1 */
    _exit(alarms != 1); /* LINE: exit 1.1 */
}

int main(void)
{
    struct sigaction action = {.sa_handler = handler};
    sigaction(SIGUSR1, &action, NULL); /* LINE: handler 1 */
    sigaction(SIGALRM, &action, NULL); /* LINE: handler 1 */
    if (fork() == 0)                   /* LINE: born 1.1 */
        child();
    int status;
    wait(&status); /* LINE: block 1, reap 1 */
    return status;
}
