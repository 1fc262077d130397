// A signal that nobody handles ends no wait with a mask of its own: what only
// the caller's mask would let through goes on waiting, until one comes that the
// wait lets in; the caller's mask is back behind it, also with no signal
#include "subject.h"
#include <poll.h>
#include <sys/epoll.h>
#include <sys/select.h>

static int epoll;
static sigset_t only_term;

static int by_sigsuspend(const struct timespec *t)
{
    (void)t;
    return sigsuspend(&only_term);
}

static int by_ppoll(const struct timespec *t)
{
    return ppoll(NULL, 0, t, &only_term);
}

static int by_pselect(const struct timespec *t)
{
    return pselect(0, NULL, NULL, NULL, t, &only_term);
}

static int by_epoll(const struct timespec *t)
{
    struct epoll_event event;
    return epoll_pwait(epoll, &event, 1, t ? (int)t->tv_sec * 1000 : -1,
                       &only_term);
}

static const struct {
    const char *name;
    int (*call)(const struct timespec *);
} waits[] = {
    {"sigsuspend", by_sigsuspend},
    {"ppoll", by_ppoll},
    {"pselect", by_pselect},
    {"epoll_pwait", by_epoll},
};

static int64_t began;

static void tell(int sig)
{
    say(" %s", sig == SIGTERM ? "TERM" : "RTMIN");
    if (now_ms() - began >= 1000)
        say(" after its end");
}

static void wait_once(int i, const struct timespec *t)
{
    sigset_t mask;
    began = now_ms();
    int result = waits[i].call(t);
    int error = result == -1 ? errno : 0;
    sigprocmask(SIG_SETMASK, NULL, &mask);
    say(" -> %d %s, TERM %s, HUP %s\n", result,
        error ? strerrorname_np(error) : "-",
        sigismember(&mask, SIGTERM) ? "blocked" : "let through",
        sigismember(&mask, SIGHUP) ? "blocked" : "let through");
}

static void send_all(pid_t pid)
{
    static const int signals[] = {SIGTERM, SIGCHLD, SIGURG, SIGCHLD, SIGWINCH};
    for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
        await_state(pid, 'S');
        must(kill(pid, signals[i]), "kill");
    }
}

static void round_of(int i, const struct timespec *t)
{
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        say("%s:", waits[i].name);
        wait_once(i, t);
        _exit(i);
    }
    send_all(pid);
    await_state(pid, 'S');
    if (!t)
        must(kill(pid, SIGRTMIN), "kill");
    say("%s\n", how(reap(pid)));
}

int main(void)
{
    struct timespec second = {1, 0};
    epoll = must(epoll_create1(0), "epoll_create1");
    on(SIGTERM, tell, 0);
    on(SIGRTMIN, tell, 0);
    only_term = one(SIGTERM);
    block(SIGHUP);
    for (int i = 0; i < 4; i++)
        round_of(i, NULL);
    for (int i = 1; i < 4; i++)
        round_of(i, &second);
}
