/* The table of traced system calls.  A call that is not here runs at full
 * speed and unseen.  docs/ tells how to add one. */
#include "observer/calls.h"
#include "observer/timers.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>

enum { STICKY = true, CHOICE = true };

#define TIMED(call, wait, sticky, text)                                    \
    {SYS_##call, #call, enter_timed, leave_timed, wait, sticky, !CHOICE,   \
     FREE_TOO, text}
#define BLOCKS(call, wait, text)                                           \
    {SYS_##call, #call, NULL, NULL, wait, !STICKY, CHOICE, FREE_NOT, text}
#define SOCKET(call, wait, text)                                           \
    {SYS_##call, #call, enter_timed, leave_timed, wait, !STICKY, CHOICE,   \
     FREE_NOT, text}
#define WRITES(call, text)                                                 \
    {SYS_##call, #call, enter_write, leave_write, TRACE_WAIT_WRITE,        \
     !STICKY, CHOICE, FREE_STREAM, text}
#define READS(call, text)                                                  \
    {SYS_##call, #call, enter_read, leave_read, TRACE_WAIT_READ, !STICKY,  \
     CHOICE, FREE_STREAM, text}
#define ANSWERS(call, enter)                                               \
    {SYS_##call, #call, enter, NULL, TRACE_WAIT_OTHER, !STICKY, !CHOICE,   \
     FREE_TOO, #call "()"}
#define IDENTITY(call, text)                                               \
    {SYS_##call, #call, NULL, leave_identity, TRACE_WAIT_OTHER, !STICKY,   \
     !CHOICE, FREE_TOO, text}
#define DOES(call, enter, leave, text)                                     \
    {SYS_##call, #call, enter, leave, TRACE_WAIT_OTHER, !STICKY, CHOICE,   \
     FREE_TOO, text}

/* Calls that the clock answers come first: with the real clock they are not
 * traced at all. */
static const struct call calls[] = {
    ANSWERS(clock_gettime, enter_clock_gettime),
    ANSWERS(gettimeofday, enter_gettimeofday),
    ANSWERS(time, enter_time),
    ANSWERS(alarm, enter_alarm),
    ANSWERS(setitimer, enter_setitimer),
    ANSWERS(getitimer, enter_getitimer),
    ANSWERS(getrandom, enter_getrandom),
    ANSWERS(sched_getaffinity, enter_getaffinity),
    ANSWERS(sched_setaffinity, enter_setaffinity),
    ANSWERS(timer_create, enter_timer_create),
    ANSWERS(timer_settime, enter_timer_settime),
    ANSWERS(timer_gettime, enter_timer_gettime),
    ANSWERS(timer_getoverrun, enter_timer_getoverrun),
    ANSWERS(timer_delete, enter_timer_delete),
    ANSWERS(timerfd_settime, enter_timerfd_settime),
    ANSWERS(timerfd_gettime, enter_timerfd_gettime),
    {SYS_times, "times", NULL, leave_times, TRACE_WAIT_OTHER, !STICKY, !CHOICE,
     FREE_TOO, "times()"},
    {SYS_sysinfo, "sysinfo", NULL, leave_sysinfo, TRACE_WAIT_OTHER, !STICKY,
     !CHOICE, FREE_TOO, "sysinfo()"},
    {SYS_setsockopt, "setsockopt", NULL, leave_setsockopt, TRACE_WAIT_OTHER,
     !STICKY, !CHOICE, FREE_NOT, "setsockopt(%0d)"},
    {SYS_getsockopt, "getsockopt", enter_getsockopt, NULL, TRACE_WAIT_OTHER,
     !STICKY, !CHOICE, FREE_NOT, "getsockopt(%0d)"},
#define FIRST_UNTIMED 20

    TIMED(nanosleep, TRACE_WAIT_SLEEP, STICKY, "nanosleep(%0t)"),
    TIMED(clock_nanosleep, TRACE_WAIT_SLEEP, STICKY, "clock_nanosleep(%2t)"),
    TIMED(poll, TRACE_WAIT_POLL, !STICKY, "poll(%1d descriptors)"),
    TIMED(ppoll, TRACE_WAIT_POLL, !STICKY, "ppoll(%1d descriptors)"),
    TIMED(select, TRACE_WAIT_POLL, !STICKY, "select()"),
    TIMED(pselect6, TRACE_WAIT_POLL, !STICKY, "pselect()"),
    TIMED(epoll_wait, TRACE_WAIT_POLL, !STICKY, "epoll_wait(%0d)"),
    TIMED(epoll_pwait, TRACE_WAIT_POLL, !STICKY, "epoll_wait(%0d)"),
    TIMED(epoll_pwait2, TRACE_WAIT_POLL, !STICKY, "epoll_wait(%0d)"),
    TIMED(rt_sigtimedwait, TRACE_WAIT_SIGNAL, STICKY, "sigwait()"),
    TIMED(semtimedop, TRACE_WAIT_IPC, !STICKY, "semop(%0d)"),
    TIMED(mq_timedsend, TRACE_WAIT_IPC, !STICKY, "mq_send(%0d)"),
    TIMED(mq_timedreceive, TRACE_WAIT_IPC, !STICKY, "mq_receive(%0d)"),
    TIMED(futex, TRACE_WAIT_FUTEX, !STICKY, "a lock, semaphore or condition"),

    WRITES(write, "write(%0d)"),
    WRITES(writev, "writev(%0d)"),
    WRITES(pwritev2, "pwritev2(%0d)"),
    WRITES(sendfile, "sendfile(%0d)"),
    WRITES(splice, "splice()"),
    WRITES(tee, "tee()"),
    WRITES(vmsplice, "vmsplice(%0d)"),
    SOCKET(sendto, TRACE_WAIT_WRITE, "send(%0d)"),
    SOCKET(sendmsg, TRACE_WAIT_WRITE, "sendmsg(%0d)"),
    READS(read, "read(%0d)"),
    READS(readv, "readv(%0d)"),
    READS(preadv2, "preadv2(%0d)"),
    SOCKET(recvfrom, TRACE_WAIT_READ, "recv(%0d)"),
    SOCKET(recvmsg, TRACE_WAIT_READ, "recvmsg(%0d)"),
    BLOCKS(recvmmsg, TRACE_WAIT_READ, "recvmmsg(%0d)"),
    SOCKET(accept, TRACE_WAIT_READ, "accept(%0d)"),
    SOCKET(accept4, TRACE_WAIT_READ, "accept(%0d)"),
    {SYS_connect, "connect", enter_connect, leave_timed, TRACE_WAIT_WRITE,
     !STICKY, CHOICE, FREE_TOO, "connect(%0d)"},
    BLOCKS(flock, TRACE_WAIT_LOCK, "flock(%0d)"),
    BLOCKS(msgsnd, TRACE_WAIT_IPC, "msgsnd(%0d)"),
    BLOCKS(msgrcv, TRACE_WAIT_IPC, "msgrcv(%0d)"),
    {SYS_semop, "semop", enter_timed, leave_timed, TRACE_WAIT_IPC, !STICKY,
     CHOICE, FREE_TOO, "semop(%0d)"},
    {SYS_fcntl, "fcntl", enter_fcntl, NULL, TRACE_WAIT_LOCK, !STICKY, !CHOICE,
     FREE_NOT, "fcntl(%0d)"},
    {SYS_pause, "pause", NULL, NULL, TRACE_WAIT_SIGNAL, STICKY, CHOICE,
     FREE_TOO, "pause()"},
    {SYS_rt_sigsuspend, "sigsuspend", NULL, NULL, TRACE_WAIT_SIGNAL, STICKY,
     CHOICE, FREE_TOO, "sigsuspend()"},
    {SYS_wait4, "waitpid", enter_wait4, leave_wait4, TRACE_WAIT_CHILD, STICKY, CHOICE,
     FREE_TOO, "waitpid(%0d)"},
    {SYS_waitid, "waitid", NULL, leave_waitid, TRACE_WAIT_CHILD, STICKY,
     CHOICE, FREE_TOO, "waitid()"},

    DOES(execve, enter_execve, leave_execve, "execve(%0s)"),
    DOES(execveat, enter_execve, leave_execve, "execveat(%1s)"),
    DOES(prctl, enter_prctl, leave_prctl, "prctl(%0d)"),
    DOES(setpgid, NULL, leave_setpgid, "setpgid(%0d, %1d)"),
    DOES(setsid, NULL, leave_setsid, "setsid()"),
    DOES(umask, NULL, leave_noted, "umask(%0o)"),
    DOES(chdir, NULL, leave_noted, "chdir(%0s)"),
    DOES(unlink, NULL, leave_noted, "unlink(%0s)"),
    DOES(unlinkat, NULL, leave_noted, "unlink(%1s)"),
    DOES(kill, enter_kill, leave_kill, "kill(%0d, %1S)"),
    DOES(tkill, enter_kill, leave_kill, "tkill(%0d, %1S)"),
    DOES(tgkill, enter_kill, leave_kill, "tgkill(%0d, %1d, %2S)"),
    DOES(rt_sigqueueinfo, enter_kill, leave_kill, "sigqueue(%0d, %1S)"),
    DOES(rt_tgsigqueueinfo, enter_kill, leave_kill,
         "rt_tgsigqueueinfo(%0d, %1d, %2S)"),
    DOES(pidfd_send_signal, NULL, leave_kill, "pidfd_send_signal(%0d, %1S)"),
    {SYS_rt_sigaction, "sigaction", enter_rt_sigaction, NULL, TRACE_WAIT_OTHER,
     !STICKY, !CHOICE, FREE_TOO, "sigaction(%0S)"},
    {SYS_getgroups, "getgroups", enter_getgroups, NULL, TRACE_WAIT_OTHER,
     !STICKY, !CHOICE, FREE_TOO, "getgroups()"},
    IDENTITY(setuid, "setuid(%0d)"),
    IDENTITY(setgid, "setgid(%0d)"),
    IDENTITY(setreuid, "setreuid(%0d, %1d)"),
    IDENTITY(setregid, "setregid(%0d, %1d)"),
    IDENTITY(setresuid, "setresuid(%0d, %1d, %2d)"),
    IDENTITY(setresgid, "setresgid(%0d, %1d, %2d)"),
    IDENTITY(chown, "chown(%0s)"),
    IDENTITY(lchown, "lchown(%0s)"),
    IDENTITY(fchown, "fchown(%0d)"),
    IDENTITY(fchownat, "chown(%1s)"),
    {SYS_sched_yield, "sched_yield", enter_sched_yield, NULL, TRACE_WAIT_OTHER,
     !STICKY, !CHOICE, FREE_TOO, "sched_yield()"},
};

enum { N_CALLS = sizeof calls / sizeof calls[0], MAX_NUMBER = 512 };

const struct call *call_find(long number)
{
    static short index[MAX_NUMBER];
    if (index[SYS_write] == 0)
        for (short i = 0; i < (short)N_CALLS; i++)
            index[calls[i].number] = (short)(i + 1);
    if (number < 0 || number >= MAX_NUMBER || index[number] == 0)
        return NULL;
    return &calls[index[number] - 1];
}

size_t call_rows(bool real_clock, const struct call **rows)
{
    *rows = calls + (real_clock ? FIRST_UNTIMED : 0);
    return (size_t)N_CALLS - (real_clock ? FIRST_UNTIMED : 0);
}

enum verb answer(struct task *t, long result)
{
    arch_set_number(&t->regs, -1);
    arch_set_result(&t->regs, result);
    set_registers(t);
    return ANSWERED;
}

/* Who asks for each of a hundred children in turn does not turn in circles.
 * One call out of ever longer rows is remembered (after R. Brent, An improved
 * Monte Carlo factorization algorithm, 1980): it must come again. */
static void look_for_circle(struct task *t)
{
    enum { ROUNDS = 8 };
    uint64_t mark = (uint64_t)t->number ^ t->args[0] << 16 ^ t->args[1] << 40;
    if (t->idle == 1) {
        t->spin.calls = 0;
        t->spin.proven = false;
    }
    int n = ++t->spin.calls;
    if (mark == t->spin.mark && ++t->spin.rounds >= ROUNDS)
        t->spin.proven = true;
    if ((n & (n - 1)) == 0) {
        t->spin.mark = mark;
        t->spin.rounds = 0;
    }
}

void note_idle(struct task *t)
{
    t->idle = t->idle_before + 1;
    look_for_circle(t);
}

bool out_of_patience(const struct task *t)
{
    enum { WITHOUT_CIRCLE = 4096 };
    return t->idle >= IDLE_PATIENCE &&
           (t->spin.proven || t->spin.calls > WITHOUT_CIRCLE);
}

/* --- a call in words --------------------------------------------------------- */

static int describe_time(const struct task *t, int arg, char *to, size_t size)
{
    int64_t v[2];
    if (peek(t, t->args[arg], v, sizeof v) < 0)
        return snprintf(to, size, "?");
    char text[48];
    snprintf(text, sizeof text, "%lld.%09lld", (long long)v[0],
             (long long)v[1]);
    size_t n = strlen(text);
    while (text[n - 1] == '0')
        text[--n] = '\0';
    if (text[n - 1] == '.')
        text[--n] = '\0';
    return snprintf(to, size, "%s s", text);
}

/* One "%0d" of a format: the argument's number and how it is shown. */
static int describe_argument(const struct task *t, int arg, char how, char *to,
                             size_t size)
{
    char text[256];
    switch (how) {
    case 'd':
        return snprintf(to, size, "%d", (int)t->args[arg]);
    case 'o':
        return snprintf(to, size, "%03o", (unsigned)t->args[arg]);
    case 'S':
        return snprintf(to, size, "%s", signal_name((int)t->args[arg]));
    case 's':
        if (peek_text(t, t->args[arg], text, sizeof text) < 0)
            return snprintf(to, size, "?");
        return snprintf(to, size, "%s", text);
    default:
        return describe_time(t, arg, to, size);
    }
}

void describe(struct task *t, char *text, size_t size)
{
    size_t n = 0;
    if (!t->call) {
        snprintf(text, size, "system call %ld", t->number);
        return;
    }
    for (const char *f = t->call->format; *f && n + 1 < size; f++) {
        if (*f != '%') {
            text[n++] = *f;
            continue;
        }
        int r = describe_argument(t, f[1] - '0', f[2], text + n, size - n);
        n += r > 0 && (size_t)r < size - n ? (size_t)r : 0;
        f += 2;
    }
    text[n] = '\0';
}

/* --- calls that run unseen ------------------------------------------------------ */

/* They block seldom: to stop at each would cost more than it tells. */
static const struct call unseen[] = {
    {.number = SYS_open, .wait = TRACE_WAIT_READ, .format = "open(%0s)"},
    {.number = SYS_openat, .wait = TRACE_WAIT_READ, .format = "open(%1s)"},
    {.number = SYS_creat, .wait = TRACE_WAIT_WRITE, .format = "creat(%0s)"},
    {.number = SYS_sendmmsg, .wait = TRACE_WAIT_WRITE,
     .format = "sendmmsg(%0d)"},
    {.number = SYS_close, .wait = TRACE_WAIT_OTHER, .format = "close(%0d)"},
};

/* proc(5): the number, six arguments, the stack pointer, where it was made. */
static bool read_unseen(struct task *t)
{
    uint64_t *a = t->args, sp, ip;
    if (sscanf(t->doing, "%ld %lx %lx %lx %lx %lx %lx %lx %lx", &t->number,
               &a[0], &a[1], &a[2], &a[3], &a[4], &a[5], &sp, &ip) != 9)
        return false;
    arch_set_place(&t->regs, ip, sp);
    t->pc_known = false;
    return t->number >= 0;
}

const struct call *call_unseen(long number)
{
    for (size_t i = 0; i < sizeof unseen / sizeof unseen[0]; i++)
        if (unseen[i].number == number)
            return &unseen[i];
    return NULL;
}

enum trace_wait describe_unseen(struct task *t, char *text, size_t size)
{
    bool known = read_unseen(t);
    t->call = known ? call_find(t->number) : NULL;
    if (known && !t->call)
        t->call = call_unseen(t->number);
    if (known)
        describe(t, text, size);
    else
        snprintf(text, size, "a system call");
    enum trace_wait wait = t->call ? t->call->wait : TRACE_WAIT_OTHER;
    t->call = NULL;
    t->number = -1;
    return wait;
}
