/* Statements about processes. */
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/syscall.h>

#include "interpret.h"

extern char **environ;

static bool is_late(void)
{
    return now_ns() - me.base_ns > me.limit * me.cycle * me.unit_ns;
}

static void store(char *text, size_t size)
{
    const long long *v = &me.base_ns;
    size_t count = (sizeof me - sizeof me.label) / sizeof *v;
    size_t n = (size_t)snprintf(text, size, "%s", me.label);
    for (size_t i = 0; i < count && n < size; i++)
        n += (size_t)snprintf(text + n, size - n, " %lld", v[i]);
}

void load(char *text)
{
    long long *v = &me.base_ns;
    size_t count = (sizeof me - sizeof me.label) / sizeof *v;
    char *end = strchrnul(text, ' ');
    snprintf(me.label, sizeof me.label, "%.*s", (int)(end - text), text);
    for (size_t i = 0; i < count; i++)
        v[i] = strtoll(end, &end, 10);
}

/* What the new process is, before it is made. */
static struct me child_of_me(long long phase)
{
    struct me child = me;
    size_t n = strlen(child.label);
    snprintf(child.label + n, sizeof child.label - n, ".%lld", ++me.forks);
    child.forks = 0;
    child.phase = phase;
    child.parent = getpid();
    memset(child.mine, 0, sizeof child.mine);
    return child;
}

/* A pidfd, as a pid may belong to a stranger after its process was reaped. */
static void remember(int slot, pid_t pid)
{
    int fd = (int)syscall(SYS_pidfd_open, pid, 0);
    if (me.pidfd[slot] > 0)
        close((int)me.pidfd[slot]);
    if (fd >= 0)
        fcntl(fd, F_SETFD, 0);
    me.pid[slot] = pid;
    me.pidfd[slot] = fd;
    me.mine[slot] = fd >= 0;
}

static void forget(pid_t pid)
{
    for (int i = 0; i < SLOTS; i++)
        if (me.pid[i] == pid)
            me.mine[i] = 0;
}

static void do_fork(const char *name, long long phase, const char *body)
{
    struct me child = child_of_me(phase);
    pid_t pid = fork();
    if (pid == 0) {
        me = child;
        set_guard();
        run(body);
        _exit(0);
    }
    if (pid > 0)
        remember(slot_by(name), pid);
    tell_result("fork", pid > 0 ? 1 : -1);
}

/* vfork() or posix_spawn() of ourselves. */
static void do_spawn(bool plain, const char *name, long long phase,
                     const char *body)
{
    static char state[2048];
    struct me child = child_of_me(phase), here = me;
    char *argv[] = {interpreter, (char *)body, state, NULL};
    pid_t pid = -1;
    me = child;
    store(state, sizeof state);
    me = here;
    if (plain)
        pid = vfork();
    else if ((errno = posix_spawn(&pid, interpreter, NULL, NULL, argv, environ)))
        pid = -1;
    if (pid == 0) {
        execv(interpreter, argv);
        _exit(127);
    }
    if (pid > 0)
        remember(slot_by(name), pid);
    tell_result(plain ? "vfork" : "spawn", pid > 0 ? 1 : -1);
}

static void do_exec(const char *body)
{
    static char state[2048];
    char *argv[] = {interpreter, (char *)body, state, NULL};
    store(state, sizeof state);
    execv(interpreter, argv);
    tell_result("exec", -1);
}

static int wait_options(const char *letters)
{
    return (strchr(letters, 'n') ? WNOHANG : 0) |
           (strchr(letters, 'u') ? WUNTRACED : 0) |
           (strchr(letters, 'c') ? WCONTINUED : 0);
}

static void do_wait(const char *name, const char *letters)
{
    int status = 0;
    long long pid = strcmp(name, "any") == 0 ? -1 : me.pid[slot_by(name)];
    long long got = waitpid(pid ? (pid_t)pid : 1, &status,
                            wait_options(letters));
    if (got <= 0) {
        tell_result("wait", got);
        return;
    }
    tell("wait gives %s: %s", who(got), how(status));
    if (WIFEXITED(status) || WIFSIGNALED(status))
        forget((pid_t)got);
}

static void do_waitid(const char *name, const char *letters)
{
    siginfo_t info = {0};
    bool any = strcmp(name, "any") == 0;
    long long pid = any ? 0 : me.pid[slot_by(name)];
    int options = WEXITED | (strchr(letters, 'w') ? WNOWAIT : 0) |
                  (strchr(letters, 'u') ? WSTOPPED : 0) |
                  wait_options(letters);
    options &= ~(WUNTRACED & ~WSTOPPED);
    int r = waitid(any ? P_ALL : P_PID, pid ? (id_t)pid : 1, &info, options);
    if (r == -1 || info.si_pid == 0) {
        tell_result("waitid", r);
        return;
    }
    tell("waitid gives %s: code %d status %d", who(info.si_pid), info.si_code,
         info.si_status);
    if (info.si_code <= CLD_DUMPED && !(options & WNOWAIT))
        forget(info.si_pid);
}

static int compare_text(const void *a, const void *b)
{
    return strcmp(a, b);
}

/* Until no child is left.  Which one ends first is nobody's business. */
void do_reap(void)
{
    static char words[200][32];
    size_t n = 0;
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, 0)) > 0 || errno == EINTR) {
        if (pid > 0 && n < 200)
            snprintf(words[n++], sizeof words[0], "%s", how(status));
        if (pid > 0)
            forget(pid);
    }
    qsort(words, n, sizeof words[0], compare_text);
    for (size_t i = 0; i < n; i++)
        tell("reaped: %s", words[i]);
    tell("reap fails: %s", strerrorname_np(errno));
}

/* Children that end at once, as many as there are; the sum of their codes. */
static void do_storm(int n)
{
    int status, sum = 0;
    for (int i = 1; i <= n; i++)
        if (fork() == 0)
            _exit(i);
    while (waitpid(-1, &status, 0) > 0 || errno == EINTR)
        sum += WEXITSTATUS(status);
    tell("storm gives %d", sum);
}

static long long target_of(const char *name)
{
    return strcmp(name, "self") == 0 ? 0 : me.pid[slot_by(name)];
}

static void do_state(const char *name)
{
    int i = slot_by(name);
    tell("state of %s: %c", name,
         me.mine[i] ? state_of((pid_t)me.pid[i]) : '?');
}

bool about_processes(const struct statement *s)
{
    if (is(s, "fork") && !is_late())
        do_fork(s->a, s->phase, s->body);
    else if ((is(s, "vfork") || is(s, "spawn")) && !is_late())
        do_spawn(is(s, "vfork"), s->a, s->phase, s->body);
    else if (is(s, "exec"))
        do_exec(s->body);
    else if (is(s, "exit"))
        _exit(atoi(s->a));
    else if (is(s, "wait"))
        do_wait(s->a, s->b);
    else if (is(s, "waitid"))
        do_waitid(s->a, s->b);
    else if (is(s, "reap"))
        do_reap();
    else if (is(s, "storm"))
        do_storm(atoi(s->a));
    else if (is(s, "setpgid"))
        tell_result("setpgid", setpgid((pid_t)target_of(s->a),
                                       (pid_t)target_of(s->b)));
    else if (is(s, "setsid"))
        tell_result("setsid", setsid() == -1 ? -1 : 0);
    else if (is(s, "ppid"))
        tell("parent: %s", who(getppid()));
    else if (is(s, "pgrp"))
        tell("group: %s", who(getpgrp()));
    else if (is(s, "state"))
        do_state(s->a);
    else if (is(s, "subreaper"))
        prctl(PR_SET_CHILD_SUBREAPER, atoi(s->a));
    else if (is(s, "deathsig"))
        prctl(PR_SET_PDEATHSIG, signal_by(s->a));
    else
        return is(s, "fork") || is(s, "vfork") || is(s, "spawn");
    return true;
}

