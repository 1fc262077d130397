/* Timed waits.
 *
 * Every timed wait has an infinite form that is one register away.  The call
 * is rewritten to it at its entry, and the task really blocks in the kernel,
 * with the kernel's own rules for signals.  When its deadline comes (clock.c)
 * it is interrupted, and gets the result of a time-out.
 *
 * At the end of a parked call that did not complete (the kernel's internal
 * restart codes 512, 513, 514, 516, or EINTR):
 * 1. the registers are put back as the program had them;
 * 2. if the deadline has come, the result is the time-out's;
 * 3. else a signal came: the result becomes ERESTARTNOHAND (514).  The kernel
 *    then returns EINTR after a handler, even one with SA_RESTART, and
 *    executes the call again otherwise (signal(7)); the old deadline holds for
 *    that execution.
 * A real result always beats the timer.
 *
 * Being traced has an effect of its own: a SIGCHLD that is ignored by default
 * makes epoll_wait, rt_sigtimedwait and semtimedop return EINTR under a tracer
 * and not natively; semop, too.  Case 3 repairs just that, under both clocks;
 * where SIGSTOP or SIGCONT is what came, signal.c turns it back into EINTR. */
#include <errno.h>
#include <linux/futex.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

#include "observer/timers.h"

enum { KERNEL_ERESTARTSYS = 512, KERNEL_ERESTARTNOINTR = 513,
       KERNEL_ERESTARTNOHAND = 514, KERNEL_ERESTART_RESTARTBLOCK = 516 };

enum form {
    MILLISECONDS, /* an int; negative is infinite */
    TIMESPEC,     /* struct timespec *, relative; NULL is infinite */
    TIMEVAL,      /* struct timeval *, relative; NULL is infinite */
    REALTIME,     /* struct timespec *, absolute, CLOCK_REALTIME */
    MONOTONIC,    /* struct timespec *, absolute, CLOCK_MONOTONIC */
    CLOCK_FIRST,  /* clock_nanosleep: args[0] clock, args[1] flags */
    FUTEX_OP,     /* by the operation in args[1] */
    RECEIVES,     /* no argument: an option of the socket, see sockets.c */
    SENDS,
    FOREVER,      /* without a time */
};

struct timed {
    long number;
    enum form form;
    int arg;         /* which argument is the time */
    long timeout;    /* result when the time is over */
    int remaining;   /* argument that gets the time left after a signal, -1 */
    bool writes_back; /* the time itself is always updated (select(2)) */
    bool repair;     /* returns a plain EINTR, see above */
};

static const struct timed table[] = {
    {SYS_nanosleep, TIMESPEC, 0, 0, 1, false, false},
    {SYS_clock_nanosleep, CLOCK_FIRST, 2, 0, 3, false, false},
    {SYS_poll, MILLISECONDS, 2, 0, -1, false, false},
    {SYS_ppoll, TIMESPEC, 2, 0, -1, true, false},
    {SYS_select, TIMEVAL, 4, 0, -1, true, false},
    {SYS_pselect6, TIMESPEC, 4, 0, -1, true, false},
    {SYS_epoll_wait, MILLISECONDS, 3, 0, -1, false, true},
    {SYS_epoll_pwait, MILLISECONDS, 3, 0, -1, false, true},
    {SYS_epoll_pwait2, TIMESPEC, 3, 0, -1, false, true},
    {SYS_rt_sigtimedwait, TIMESPEC, 2, -EAGAIN, -1, false, true},
    {SYS_semtimedop, TIMESPEC, 3, -EAGAIN, -1, false, true},
    {SYS_semop, FOREVER, -1, -EAGAIN, -1, false, true},
    {SYS_mq_timedsend, REALTIME, 4, -ETIMEDOUT, -1, false, false},
    {SYS_mq_timedreceive, REALTIME, 4, -ETIMEDOUT, -1, false, false},
    {SYS_futex, FUTEX_OP, 3, -ETIMEDOUT, -1, false, false},
    {SYS_read, RECEIVES, 0, -EAGAIN, -1, false, true},
    {SYS_readv, RECEIVES, 0, -EAGAIN, -1, false, true},
    {SYS_recvfrom, RECEIVES, 0, -EAGAIN, -1, false, true},
    {SYS_recvmsg, RECEIVES, 0, -EAGAIN, -1, false, true},
    {SYS_accept, RECEIVES, 0, -EAGAIN, -1, false, true},
    {SYS_accept4, RECEIVES, 0, -EAGAIN, -1, false, true},
    {SYS_write, SENDS, 0, -EAGAIN, -1, false, true},
    {SYS_writev, SENDS, 0, -EAGAIN, -1, false, true},
    {SYS_sendto, SENDS, 0, -EAGAIN, -1, false, true},
    {SYS_sendmsg, SENDS, 0, -EAGAIN, -1, false, true},
    {SYS_connect, SENDS, 0, -EAGAIN, -1, false, true},
};

static const struct timed *timed_find(long number)
{
    for (size_t i = 0; i < sizeof table / sizeof table[0]; i++)
        if (table[i].number == number)
            return &table[i];
    abort();
}

/* --- what time was asked for ------------------------------------------------ */

enum asked { INFINITE, ZERO, UNTIL, INVALID };

/* Far beyond every limit, and safe to add to. */
static const int64_t far_ns = INT64_MAX / 4;

static int64_t to_ns(int64_t seconds, int64_t ns)
{
    return seconds > far_ns / 1000000000 ? far_ns : seconds * 1000000000 + ns;
}

static enum asked relative(const struct observer *o, int64_t ns,
                           int64_t *deadline)
{
    *deadline = o->now + ns;
    return ns == 0 ? ZERO : UNTIL;
}

/* A struct timespec or (scale 1000) timeval in the tracee. */
static enum asked read_time(const struct task *t, int arg, int64_t scale,
                            int64_t *ns)
{
    int64_t v[2];
    if (t->args[arg] == 0)
        return INFINITE;
    if (peek(t, t->args[arg], v, sizeof v) < 0 || v[0] < 0 || v[1] < 0 ||
        v[1] * scale >= 1000000000)
        return INVALID;
    *ns = to_ns(v[0], v[1] * scale);
    return UNTIL;
}

static enum asked absolute(const struct observer *o, const struct task *t,
                           int arg, int clock, int64_t *deadline)
{
    int64_t ns;
    enum asked asked = read_time(t, arg, 1, &ns);
    if (asked != UNTIL)
        return asked;
    bool real = clock == CLOCK_REALTIME || clock == CLOCK_TAI ||
                clock == CLOCK_REALTIME_ALARM;
    *deadline = ns - (real ? clock_epoch(o) : clock_boot(o));
    if (*deadline < 0)
        *deadline = 0;
    return UNTIL;
}

static enum asked relative_at(const struct observer *o, const struct task *t,
                              int arg, int64_t scale, int64_t *deadline)
{
    int64_t ns;
    enum asked asked = read_time(t, arg, scale, &ns);
    return asked == UNTIL ? relative(o, ns, deadline) : asked;
}

static enum asked of_futex(const struct observer *o, const struct task *t,
                           int64_t *deadline)
{
    int op = (int)t->args[1];
    switch (op & FUTEX_CMD_MASK) {
    case FUTEX_WAIT:
        return relative_at(o, t, 3, 1, deadline);
    case FUTEX_LOCK_PI:
        return absolute(o, t, 3, CLOCK_REALTIME, deadline);
    case FUTEX_WAIT_BITSET:
    case FUTEX_WAIT_REQUEUE_PI:
    case FUTEX_LOCK_PI2:
        return absolute(o, t, 3, op & FUTEX_CLOCK_REALTIME ? CLOCK_REALTIME
                                                           : CLOCK_MONOTONIC,
                        deadline);
    default:
        return INVALID; /* wakes others, waits for nothing */
    }
}

static enum asked of_socket(const struct observer *o, const struct task *t,
                            bool sends, int64_t *deadline)
{
    int64_t ns = socket_patience(o, t, sends);
    return ns > 0 ? relative(o, ns, deadline) : INVALID;
}

static bool is_socket_call(const struct timed *row)
{
    return row->form == RECEIVES || row->form == SENDS;
}

static enum asked what_was_asked(const struct observer *o,
                                 const struct task *t,
                                 const struct timed *row, int64_t *deadline)
{
    switch (row->form) {
    case MILLISECONDS:
        return (int)t->args[row->arg] < 0
                   ? INFINITE
                   : relative(o, (int)t->args[row->arg] * INT64_C(1000000),
                              deadline);
    case TIMESPEC:
        return relative_at(o, t, row->arg, 1, deadline);
    case TIMEVAL:
        return relative_at(o, t, row->arg, 1000, deadline);
    case REALTIME:
        return absolute(o, t, row->arg, CLOCK_REALTIME, deadline);
    case MONOTONIC:
        return absolute(o, t, row->arg, CLOCK_MONOTONIC, deadline);
    case CLOCK_FIRST:
        return t->args[1] & TIMER_ABSTIME
                   ? absolute(o, t, row->arg, (int)t->args[0], deadline)
                   : relative_at(o, t, row->arg, 1, deadline);
    case FUTEX_OP:
        return of_futex(o, t, deadline);
    case RECEIVES:
        return of_socket(o, t, false, deadline);
    case SENDS:
        return of_socket(o, t, true, deadline);
    case FOREVER:
        return INFINITE;
    }
    return INVALID;
}

/* --- entry ------------------------------------------------------------------- */

/* A restarted call is made from the same place with the same stack; one that
 * the program makes anew after EINTR is told apart by signal.c, which clears
 * `again` when a handler runs. */
static bool is_again(const struct task *t)
{
    return t->park.again && t->park.ip == arch_ip(&t->regs) &&
           t->park.sp == arch_sp(&t->regs);
}

static bool is_sleep(long number)
{
    return number == SYS_nanosleep || number == SYS_clock_nanosleep;
}

static void make_infinite(struct task *t, const struct timed *row)
{
    uint64_t args[6];
    memcpy(args, t->args, sizeof args);
    if (is_sleep(row->number)) {
        arch_set_number(&t->regs, SYS_pause);
    } else if (!is_socket_call(row)) {
        args[row->arg] = row->form == MILLISECONDS ? (uint64_t)-1 : 0;
        arch_set_args(&t->regs, args);
    }
    set_registers(t);
}

/* CPU-time clocks stay the kernel's, and so do clocks that do not exist. */
static bool on_other_clock(const struct task *t, const struct timed *row)
{
    int clock = (int)t->args[0];
    return row->form == CLOCK_FIRST && clock != CLOCK_REALTIME &&
           clock != CLOCK_MONOTONIC && clock != CLOCK_BOOTTIME &&
           clock != CLOCK_TAI && clock != CLOCK_REALTIME_ALARM &&
           clock != CLOCK_BOOTTIME_ALARM;
}

/* What is left of a time is passed below the stack, where nothing lies that is
 * in use: the program's own copy is not ours to change. */
static void shorten(struct task *t, const struct timed *row, int64_t ns)
{
    enum { RED_ZONE = 128 };
    uint64_t args[6], place = (arch_sp(&t->regs) - RED_ZONE - 64) & ~15UL;
    int64_t v[2] = {ns / 1000000000, ns % 1000000000};
    memcpy(args, t->args, sizeof args);
    if (row->form == MILLISECONDS)
        args[row->arg] = (uint64_t)((ns + 999999) / 1000000);
    else if (put(t, place, v, sizeof v) == 0)
        args[row->arg] = place;
    arch_set_args(&t->regs, args);
    set_registers(t);
}

/* The kernel keeps the time; we only mend what being traced does. */
static enum verb enter_real(struct observer *o, struct task *t,
                            const struct timed *row)
{
    int64_t deadline = NEVER;
    if (!row->repair || is_socket_call(row))
        return REPORT;
    enum asked asked = what_was_asked(o, t, row, &deadline);
    if (asked != UNTIL && asked != INFINITE)
        return REPORT;
    if (asked == UNTIL && is_again(t)) {
        deadline = t->park.deadline;
        shorten(t, row, deadline > o->now ? deadline - o->now : 0);
    }
    t->park.on = true;
    t->park.woken = t->park.again = false;
    t->park.deadline = asked == INFINITE ? NEVER : deadline;
    return REPORT;
}

enum verb enter_timed(struct observer *o, struct task *t)
{
    const struct timed *row = timed_find(t->number);
    int64_t deadline = NEVER;
    t->park.zero = false;
    if (o->real_clock)
        return enter_real(o, t, row);
    if (on_other_clock(t, row))
        return REPORT;
    enum asked asked = what_was_asked(o, t, row, &deadline);
    if (asked == INVALID)
        return is_socket_call(row) ? REPORT : GO;
    if (asked == ZERO && !is_sleep(t->number)) {
        t->park.zero = true;
        return REPORT;
    }
    if (asked == INFINITE && !row->repair)
        return REPORT;
    if (is_again(t))
        deadline = t->park.deadline;
    if (is_sleep(t->number) && deadline <= o->now) {
        note_idle(t);
        return answer(t, 0);
    }
    t->park.on = true;
    t->park.woken = t->park.again = false;
    t->park.deadline = asked == INFINITE ? NEVER : deadline;
    if (asked != INFINITE)
        make_infinite(t, row);
    return REPORT;
}

/* --- end ---------------------------------------------------------------------- */

static bool did_not_complete(long result)
{
    return result == -KERNEL_ERESTARTSYS || result == -KERNEL_ERESTARTNOINTR ||
           result == -KERNEL_ERESTARTNOHAND ||
           result == -KERNEL_ERESTART_RESTARTBLOCK || result == -EINTR;
}

/* Time left, a moment less than it is: a signal never comes at the very
 * instant at which the wait began, as an instruction takes time. */
static int write_left(const struct observer *o, const struct task *t,
                       uint64_t address, int64_t scale)
{
    int64_t left = t->park.deadline - o->now - 1;
    if (left < 0)
        left = 0;
    int64_t v[2] = {left / 1000000000, left % 1000000000 / scale};
    return put(t, address, v, sizeof v);
}

static void clear_sets(const struct task *t)
{
    static const char zeros[128];
    size_t bytes = ((size_t)t->args[0] + 63) / 64 * 8;
    for (int i = 1; i <= 3; i++)
        if (bytes <= sizeof zeros)
            put(t, t->args[i], zeros, bytes);
}

static void clear_events(const struct task *t)
{
    short none = 0;
    for (uint64_t i = 0; i < t->args[1] && i < 4096; i++)
        put(t, t->args[0] + i * sizeof(struct pollfd) +
                   offsetof(struct pollfd, revents),
            &none, sizeof none);
}

static void time_is_over(struct task *t, const struct timed *row)
{
    arch_set_result(&t->regs, row->timeout);
    if (t->number == SYS_select || t->number == SYS_pselect6)
        clear_sets(t);
    if (t->number == SYS_poll || t->number == SYS_ppoll)
        clear_events(t);
}

static void signal_came(struct observer *o, struct task *t,
                        const struct timed *row)
{
    bool is_relative =
        row->form != CLOCK_FIRST || !(t->args[1] & TIMER_ABSTIME);
    uint64_t left = row->remaining >= 0 && is_relative
                        ? t->args[row->remaining]
                        : 0;
    if (left && write_left(o, t, left, 1) < 0) {
        arch_set_result(&t->regs, -EFAULT);
        return;
    }
    /* Message queues keep the kernel's own code, which SA_RESTART restarts. */
    if (row->form != REALTIME)
        arch_set_result(&t->regs, -KERNEL_ERESTARTNOHAND);
    t->park.again = true;
    t->park.ip = arch_ip(&t->regs);
    t->park.sp = arch_sp(&t->regs);
    t->repaired = row->repair;
}

/* rt_sigtimedwait(2): our timers' signals look like the kernel's. */
static void mend_siginfo(struct task *t, long sig)
{
    struct process *p = t->process;
    int code = SI_KERNEL;
    siginfo_t info;
    if (sig > 0 && peek(t, t->args[1], &info, sizeof info) == 0 &&
        timer_accepted(p, &info))
        put(t, t->args[1], &info, sizeof info);
    if (sig <= 0 || sig >= SIGNALS || !p->timer_sent[sig])
        return;
    p->timer_sent[sig] = false;
    put(t, t->args[1] + offsetof(siginfo_t, si_code), &code, sizeof code);
}

void leave_timed(struct observer *o, struct task *t)
{
    const struct timed *row = timed_find(t->number);
    long result = arch_result(&t->regs);
    if (t->park.zero && (result == 0 || result == -EAGAIN))
        note_idle(t);
    if (t->number == SYS_rt_sigtimedwait)
        mend_siginfo(t, result);
    if (!t->park.on)
        return;
    t->park.on = false;
    arch_set_number(&t->regs, t->number);
    arch_set_args(&t->regs, t->args);
    bool over = t->park.woken ||
                (t->park.deadline != NEVER && t->park.deadline <= o->now);
    if (did_not_complete(result) && over)
        time_is_over(t, row);
    else if (did_not_complete(result))
        signal_came(o, t, row);
    if (row->writes_back && t->park.deadline != NEVER)
        write_left(o, t, t->args[row->arg], row->form == TIMEVAL ? 1000 : 1);
    set_registers(t);
}
