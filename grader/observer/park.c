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
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>

#include "observer/asked.h"
#include "observer/timers.h"

struct timed {
    long number;
    enum time_form form;
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

/* --- entry ------------------------------------------------------------------- */

/* A restarted call is made from the same place with the same stack; one that
 * the program makes anew after EINTR is told apart by signal.c, which clears
 * `again` when a handler runs. */
static bool is_again(const struct task *t)
{
    return t->park.again && t->park.ip == arch_ip(&t->regs) &&
           t->park.sp == arch_sp(&t->regs);
}

static bool is_socket_call(const struct timed *row)
{
    return row->form == RECEIVES || row->form == SENDS;
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
    bool ours = clock == CLOCK_REALTIME || clock == CLOCK_MONOTONIC ||
                clock == CLOCK_BOOTTIME || clock == CLOCK_TAI ||
                clock == CLOCK_REALTIME_ALARM || clock == CLOCK_BOOTTIME_ALARM;
    return row->form == CLOCK_FIRST && (!ours || clock_is_missing(clock));
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

static void park(struct task *t, int64_t deadline)
{
    t->park.on = true;
    t->park.woken = t->park.again = false;
    t->park.deadline = deadline;
}

/* The kernel keeps the time; we only mend what being traced does. */
static enum verb enter_real(struct observer *o, struct task *t,
                            const struct timed *row)
{
    int64_t deadline = NEVER;
    if (!row->repair || is_socket_call(row))
        return REPORT;
    enum asked asked = time_asked(o, t, row->form, row->arg, &deadline);
    if (asked != UNTIL && asked != INFINITE)
        return REPORT;
    if (asked == UNTIL && is_again(t)) {
        deadline = t->park.deadline;
        shorten(t, row, deadline > o->now ? deadline - o->now : 0);
    }
    park(t, asked == INFINITE ? NEVER : deadline);
    return REPORT;
}

/* select(2) and its kin are made again with what was left when they were
 * interrupted, so a stop makes their end later; the others keep their end. */
static int64_t deadline_again(const struct task *t, const struct timed *row,
                              int64_t asked)
{
    int64_t before = t->park.deadline;
    return row->writes_back && asked > before ? asked : before;
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
    enum asked asked = time_asked(o, t, row->form, row->arg, &deadline);
    if (asked == INVALID)
        return is_socket_call(row) ? REPORT : GO;
    if (asked == ZERO && !is_sleep(t->number)) {
        t->park.zero = true;
        return REPORT;
    }
    if (asked == INFINITE && !row->repair)
        return REPORT;
    if (is_again(t))
        deadline = deadline_again(t, row, deadline);
    t->park.again = false;
    if (is_sleep(t->number) && deadline <= o->now) {
        note_idle(t);
        return answer(t, 0);
    }
    park(t, asked == INFINITE ? NEVER : deadline);
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

/* Woken for a signal that another thread took first: the kernel makes no call
 * again without a signal, so the program's own instruction does. */
static bool signal_is_taken(const struct task *t)
{
    uint64_t pending = status_mask(t, "\nSigPnd:") |
                       status_mask(t, "\nShdPnd:");
    return (pending & ~status_mask(t, "\nSigBlk:")) == 0;
}

static void make_again(struct task *t, const struct timed *row)
{
    bool taken = arch_result(&t->regs) == -EINTR && signal_is_taken(t);
    if (taken)
        arch_call_again(&t->regs, t->number);
    else
        arch_set_result(&t->regs, -KERNEL_ERESTARTNOHAND);
    t->repaired = row->repair && !taken;
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
    t->park.again = true;
    t->park.ip = arch_ip(&t->regs);
    t->park.sp = arch_sp(&t->regs);
    /* Message queues keep the kernel's own code, which SA_RESTART restarts. */
    if (row->form != REALTIME)
        make_again(t, row);
}

/* rt_sigtimedwait(2): our timers' signals look like the kernel's. */
static void mend_siginfo(const struct observer *o, struct task *t, long sig)
{
    struct process *p = t->process;
    int code = SI_KERNEL;
    siginfo_t info = {0};
    if (sig > 0 && peek(t, t->args[1], &info, sizeof info) == 0 &&
        timer_accepted(o, p, &info))
        put(t, t->args[1], &info, sizeof info);
    if (sig <= 0 || sig >= SIGNALS || !p->timer_sent[sig])
        return;
    p->timer_sent[sig] = false;
    if (info.si_code == SI_USER && info.si_pid == 0)
        put(t, t->args[1] + offsetof(siginfo_t, si_code), &code, sizeof code);
}

void leave_timed(struct observer *o, struct task *t)
{
    const struct timed *row = timed_find(t->number);
    long result = arch_result(&t->regs);
    if (t->park.zero && (result == 0 || result == -EAGAIN))
        note_idle(t);
    if (t->number == SYS_rt_sigtimedwait)
        mend_siginfo(o, t, result);
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
