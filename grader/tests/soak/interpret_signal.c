/* Statements about signals, timers and pipes. */
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>
#include <sys/time.h>

#include "interpret.h"

/* --- signals ---------------------------------------------------------------------- */

static void handler(int sig)
{
    tell("handler SIG%s", sigabbrev_np(sig));
}

/* on SIG h|r|s|d|i: handler, with SA_RESTART, with SA_NOCLDSTOP; default,
 * ignored. */
static void do_on(int sig, const char *what)
{
    struct sigaction action = {.sa_handler = handler};
    if (*what == 'd')
        action.sa_handler = SIG_DFL;
    if (*what == 'i')
        action.sa_handler = SIG_IGN;
    if (*what == 'r')
        action.sa_flags = SA_RESTART;
    if (*what == 's')
        action.sa_flags = SA_NOCLDSTOP;
    if (sigaction(sig, &action, NULL) == -1)
        tell_result("sigaction", -1);
}

static void send(const char *name, int sig)
{
    long r = -1;
    int slot = slot_by(name);
    if (strcmp(name, "self") == 0)
        r = kill(getpid(), sig);
    else if (strcmp(name, "group") == 0)
        r = kill(0, sig);
    else if (strcmp(name, "parent") == 0 && getppid() == me.parent)
        r = kill((pid_t)me.parent, sig);
    else if (strcmp(name, "parent") == 0)
        errno = ECHILD;
    else if (me.mine[slot])
        r = kill((pid_t)me.pid[slot], sig);
    else
        r = syscall(SYS_pidfd_send_signal, (int)me.pidfd[slot], sig, NULL, 0);
    tell_result("kill", r);
}

/* The answer of another process, SIGCHLD, comes sooner or later: we look at it
 * only after we said what kill() gave. */
static void do_kill(const char *name, int sig)
{
    sigset_t all, before;
    bool us = strcmp(name, "self") == 0 || strcmp(name, "group") == 0;
    sigfillset(&all);
    sigprocmask(SIG_SETMASK, us ? NULL : &all, &before);
    send(name, sig);
    sigprocmask(SIG_SETMASK, &before, NULL);
}

/* Blocks whatever may be blocked but SIG. */
static void do_suspend(int sig)
{
    sigset_t set;
    sigfillset(&set);
    sigdelset(&set, sig);
    tell_result("sigsuspend", sigsuspend(&set));
}

static void do_pending(void)
{
    sigset_t set;
    char text[200] = "";
    sigpending(&set);
    for (int sig = 1; sig < 32; sig++)
        if (sigismember(&set, sig)) {
            strcat(text, " ");
            strcat(text, sigabbrev_np(sig));
        }
    tell("pending:%s", text);
}

/* --- timers ----------------------------------------------------------------------- */

static struct timeval val(long long ns)
{
    long long us = (ns + 999) / 1000;
    return (struct timeval){us / 1000000, us % 1000000};
}

/* A phase of -1: off. */
static void do_alarm(long long phase, bool periodic)
{
    struct itimerval new = {0}, old;
    if (phase >= 0)
        new.it_value = val(next_ns(phase) - now_ns());
    if (periodic)
        new.it_interval = val(me.cycle * me.unit_ns);
    setitimer(ITIMER_REAL, &new, &old);
    tell("timer had %lld left", units(old.it_value.tv_sec * 1000000000LL +
                                      old.it_value.tv_usec * 1000LL));
}

static void do_getitimer(void)
{
    struct itimerval t;
    getitimer(ITIMER_REAL, &t);
    tell("timer has %lld left", units(t.it_value.tv_sec * 1000000000LL +
                                      t.it_value.tv_usec * 1000LL));
}

/* --- pipes ------------------------------------------------------------------------ */

static void do_pipe(int i)
{
    int fd[2];
    if (pipe(fd) == -1)
        err(99, "pipe");
    me.pipe[i][0] = fd[0];
    me.pipe[i][1] = fd[1];
}

static void do_close(int i, int end)
{
    close((int)me.pipe[i][end]);
    me.pipe[i][end] = -1;
}

static void do_read(int i)
{
    char bytes[64];
    tell_result("read", read((int)me.pipe[i][0], bytes, sizeof bytes));
}

static void do_write(int i, long long n)
{
    static char bytes[200000];
    if (n < 0 || n > (long long)sizeof bytes)
        n = sizeof bytes;
    tell_result("write", write((int)me.pipe[i][1], bytes, (size_t)n));
}

static void do_pollin(int i, long long phase)
{
    struct pollfd p = {(int)me.pipe[i][0], POLLIN, 0};
    long long left = next_ns(phase) - now_ns();
    int r = poll(&p, 1, (int)((left + 999999) / 1000000));
    if (r > 0)
        tell("poll finds %#x", (unsigned)p.revents);
    else
        tell_result("poll", r);
}

/* --- statements ------------------------------------------------------------------- */

static void yield(int n)
{
    while (n-- > 0)
        sched_yield();
}

bool about_signals(const struct statement *s)
{
    if (is(s, "on"))
        do_on(signal_by(s->a), s->b);
    else if (is(s, "kill"))
        do_kill(s->a, strcmp(s->b, "0") == 0 ? 0 : signal_by(s->b));
    else if (is(s, "block"))
        block(signal_by(s->a));
    else if (is(s, "unblock"))
        unblock(signal_by(s->a));
    else if (is(s, "pending"))
        do_pending();
    else if (is(s, "suspend"))
        do_suspend(signal_by(s->a));
    else if (is(s, "pause"))
        tell_result("pause", pause());
    else
        return false;
    return true;
}

bool about_time_and_pipes(const struct statement *s)
{
    int i = atoi(s->a) % PIPES;
    if (is(s, "sleep"))
        return sleep_by(s->a, atoll(s->b));
    else if (is(s, "alarm"))
        do_alarm(strcmp(s->a, "off") == 0 ? -1 : atoll(s->a), false);
    else if (is(s, "ticks"))
        do_alarm(atoll(s->a), true);
    else if (is(s, "getitimer"))
        do_getitimer();
    else if (is(s, "yield"))
        yield(atoi(s->a));
    else if (is(s, "pipe"))
        do_pipe(i);
    else if (is(s, "close"))
        do_close(i, *s->b == 'w');
    else if (is(s, "read"))
        do_read(i);
    else if (is(s, "write"))
        do_write(i, atoll(s->b));
    else if (is(s, "pollin"))
        do_pollin(i, atoll(s->b));
    else
        return false;
    return true;
}

