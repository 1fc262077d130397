/* Calls that the virtual clock answers. */
#include <errno.h>
#include <stddef.h>
#include <sys/sysinfo.h>
#include <sys/time.h>
#include <time.h>

#include "observer/calls.h"

static const int64_t second_ns = 1000000000;

enum verb enter_clock_gettime(struct observer *o, struct task *t)
{
    int64_t base;
    if (clock_is_missing((int)t->args[0]))
        return GO;
    switch ((int)t->args[0]) {
    case CLOCK_REALTIME:
    case CLOCK_REALTIME_COARSE:
    case CLOCK_REALTIME_ALARM:
    case CLOCK_TAI:
        clock_keep_lead(o);
        base = clock_epoch(o);
        break;
    case CLOCK_MONOTONIC:
    case CLOCK_MONOTONIC_RAW:
    case CLOCK_MONOTONIC_COARSE:
    case CLOCK_BOOTTIME:
    case CLOCK_BOOTTIME_ALARM:
        base = clock_boot(o);
        break;
    default:
        return GO; /* CPU time stays real; what does not exist is EINVAL */
    }
    int64_t now = base + clock_read(o, t);
    int64_t v[2] = {now / second_ns, now % second_ns};
    return answer(t, put(t, t->args[1], v, sizeof v) < 0 ? -EFAULT : 0);
}

enum verb enter_gettimeofday(struct observer *o, struct task *t)
{
    clock_keep_lead(o);
    int64_t now = clock_epoch(o) + clock_read(o, t);
    int64_t v[2] = {now / second_ns, now % second_ns / 1000};
    int zone[2] = {0, 0};
    if ((t->args[0] && put(t, t->args[0], v, sizeof v) < 0) ||
        (t->args[1] && put(t, t->args[1], zone, sizeof zone) < 0))
        return answer(t, -EFAULT);
    return answer(t, 0);
}

enum verb enter_time(struct observer *o, struct task *t)
{
    clock_keep_lead(o);
    int64_t s = (clock_epoch(o) + clock_read(o, t)) / second_ns;
    if (t->args[0] && put(t, t->args[0], &s, sizeof s) < 0)
        return answer(t, -EFAULT);
    return answer(t, (long)s);
}

/* These two are executed, as they tell more than the time. */
void leave_times(struct observer *o, struct task *t)
{
    static const int64_t tick_ns = 10000000; /* USER_HZ: 100 everywhere */
    if (arch_result(&t->regs) < 0 && arch_result(&t->regs) > -4096)
        return;
    arch_set_result(&t->regs, (clock_boot(o) + clock_read(o, t)) / tick_ns);
    set_registers(t);
}

void leave_sysinfo(struct observer *o, struct task *t)
{
    int64_t uptime = (clock_boot(o) + clock_read(o, t)) / second_ns;
    if (arch_result(&t->regs) == 0)
        put(t, t->args[0] + offsetof(struct sysinfo, uptime), &uptime,
            sizeof uptime);
}

static void set_alarm(struct observer *o, struct process *p, int64_t in,
                      int64_t every)
{
    p->alarm_at = in > 0 ? o->now + in : NEVER;
    p->alarm_every = in > 0 ? every : 0;
}

static int64_t alarm_left(const struct observer *o, const struct process *p)
{
    if (p->alarm_at == NEVER)
        return 0;
    int64_t left = p->alarm_at - o->now - 1; /* see write_left() */
    return left > 1000 ? left : 1000;
}

/* alarm(2) rounds to the nearest second, and up to one where less is left. */
enum verb enter_alarm(struct observer *o, struct task *t)
{
    struct process *p = t->process;
    int64_t left = alarm_left(o, p);
    int64_t seconds = (left + second_ns / 2) / second_ns;
    if (left > 0 && seconds == 0)
        seconds = 1;
    set_alarm(o, p, (int64_t)(uint32_t)t->args[0] * second_ns, 0);
    return answer(t, (long)seconds);
}

static int put_timer(const struct observer *o, const struct process *p,
                     const struct task *t, uint64_t to)
{
    int64_t left = alarm_left(o, p);
    int64_t every = p->alarm_at == NEVER ? 0 : p->alarm_every;
    int64_t v[4] = {every / second_ns, every % second_ns / 1000,
                    left / second_ns, left % second_ns / 1000};
    return put(t, to, v, sizeof v);
}

/* Beyond every limit is far enough, and safe to add to. */
static int64_t to_ns(int64_t seconds, int64_t us)
{
    int64_t most = INT64_MAX / 4 / second_ns;
    return (seconds < most ? seconds : most) * second_ns + us * 1000;
}

enum verb enter_setitimer(struct observer *o, struct task *t)
{
    int64_t v[4] = {0};
    if (t->args[0] != ITIMER_REAL)
        return GO; /* CPU time */
    if (t->args[1] && peek(t, t->args[1], v, sizeof v) < 0)
        return answer(t, -EFAULT);
    if (v[0] < 0 || v[2] < 0 || (uint64_t)v[1] >= 1000000 ||
        (uint64_t)v[3] >= 1000000)
        return answer(t, -EINVAL);
    struct process *p = t->process, before = *p;
    set_alarm(o, p, to_ns(v[2], v[3]), to_ns(v[0], v[1]));
    if (t->args[2] && put_timer(o, &before, t, t->args[2]) < 0)
        return answer(t, -EFAULT);
    return answer(t, 0);
}

enum verb enter_getitimer(struct observer *o, struct task *t)
{
    if (t->args[0] != ITIMER_REAL)
        return GO;
    return answer(t, put_timer(o, t->process, t, t->args[1]) < 0 ? -EFAULT : 0);
}
