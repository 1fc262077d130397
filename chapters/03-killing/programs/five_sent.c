#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static volatile sig_atomic_t seen;

static void on_signal(int sig)
{
    (void)sig;
    seen++;
}

static void send_five(int sig)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t set;
    sigaction(sig, &action, NULL);
    sigemptyset(&set);
    sigaddset(&set, sig);

    seen = 0;
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (int i = 0; i < 5; i++)
        kill(getpid(), sig);
    sigprocmask(SIG_UNBLOCK, &set, NULL); /* now they are delivered */
    printf("%s signal: sent 5 times, seen %d times\n",
           sig < SIGRTMIN ? "standard" : "real-time", seen);
}

int main(void)
{
    send_five(SIGUSR1);
    send_five(SIGRTMIN);
    return EXIT_SUCCESS;
}
