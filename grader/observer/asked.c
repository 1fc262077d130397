/* What a call asks for is in its registers, or in memory that they point to. */
#include "observer/asked.h"

#include <linux/futex.h>
#include <time.h>

#include "observer/internal.h"

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

static enum asked milliseconds(const struct observer *o, int ms,
                               int64_t *deadline)
{
    return ms < 0 ? INFINITE : relative(o, ms * INT64_C(1000000), deadline);
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

enum asked time_asked(const struct observer *o, const struct task *t,
                      enum time_form form, int arg, int64_t *deadline)
{
    switch (form) {
    case MILLISECONDS:
        return milliseconds(o, (int)t->args[arg], deadline);
    case TIMESPEC:
        return relative_at(o, t, arg, 1, deadline);
    case TIMEVAL:
        return relative_at(o, t, arg, 1000, deadline);
    case REALTIME:
        return absolute(o, t, arg, CLOCK_REALTIME, deadline);
    case CLOCK_FIRST:
        return t->args[1] & TIMER_ABSTIME
                   ? absolute(o, t, arg, (int)t->args[0], deadline)
                   : relative_at(o, t, arg, 1, deadline);
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
