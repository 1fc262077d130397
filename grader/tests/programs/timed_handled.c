// every timed wait of 400 ms, and a signal with a handler after 100 ms, without
// and with SA_RESTART: signal(7) tells which are restarted
#include "timed_calls.h"

static void handler(int sig)
{
    (void)sig;
}

static void plain(void)
{
    on(SIGUSR1, handler, 0);
}

static void restarting(void)
{
    on(SIGUSR1, handler, SA_RESTART);
}

static void handle_with(void (*prepare)(void), const char *title)
{
    start_all(prepare);
    nap(100);
    signal_all(SIGUSR1);
    end_all(title);
}

int main(void)
{
    handle_with(plain, "handled");
    handle_with(restarting, "with SA_RESTART");
}
