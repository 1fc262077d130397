#include <stdio.h>
#include <string.h>

#include "trace/timeline_parts.h"

#define US INT64_C(1000)
#define MS (1000 * US)
#define SEC (1000 * MS)
#define MIN (60 * SEC)
#define HOUR (60 * MIN)
#define DAY (24 * HOUR)

enum { MOST_STEPS = 10 };

struct unit {
    int64_t ns;
    int64_t from; /* length of a run that is told in this unit */
    const char *name, *ascii;
    bool decimal; /* 0.5 s is fine, 0.5 min is not */
};

static const struct unit units[] = {
    {DAY, 5 * DAY, "d", "d", false},
    {HOUR, 5 * HOUR, "h", "h", false},
    {MIN, 5 * MIN, "min", "min", false},
    {SEC, SEC, "s", "s", true},
    {MS, MS, "ms", "ms", true},
    {US, US, "µs", "us", true},
    {1, 0, "ns", "ns", false},
};

static const struct unit counted = {1, 0, "", "", false};
static const struct unit zero = {SEC, 0, "s", "s", true};

/* Steps that people count in, where they are not 1, 2, 5, 10, ... seconds. */
static const int64_t long_steps[] = {
    20 * SEC,  30 * SEC,  MIN,      2 * MIN,  5 * MIN,  10 * MIN,
    15 * MIN,  30 * MIN,  HOUR,     2 * HOUR, 3 * HOUR, 6 * HOUR,
    12 * HOUR, DAY,       2 * DAY,  5 * DAY,  10 * DAY, 20 * DAY,
    50 * DAY,  100 * DAY, 200 * DAY, 500 * DAY, 1000 * DAY, 5000 * DAY,
    10000 * DAY, 50000 * DAY,
};

static const struct unit *unit_of(const struct scale *scale)
{
    if (scale->by_event)
        return &counted;
    if (scale->total == 0)
        return &zero;
    const struct unit *unit = units;
    while (scale->total < unit->from)
        unit++;
    return unit;
}

static int64_t clamp(int64_t position, int64_t total)
{
    return position < 0 ? 0 : position > total ? total : position;
}

static double place(const struct scale *scale, int64_t position)
{
    if (scale->total == 0)
        return 0;
    return (double)clamp(position, scale->total) * (scale->columns - 1) /
           (double)scale->total;
}

double scale_event(const struct scale *scale, const struct trace *trace,
                   size_t event)
{
    if (scale->at)
        return scale->at[event];
    if (event >= trace->n_events)
        return place(scale, scale->total);
    return place(scale,
                 scale->by_event ? (int64_t)event : trace->events[event].t_ns);
}

int scale_column(const struct scale *scale, int64_t position)
{
    return (int)place(scale, position);
}

static void in_unit(int64_t t_ns, const struct unit *unit, bool unicode,
                    char *buffer, size_t size)
{
    const char *name = unicode ? unit->name : unit->ascii;
    snprintf(buffer, size, "%.10g%s%s", (double)t_ns / (double)unit->ns,
             name[0] ? " " : "", name);
}

void scale_label(const struct scale *scale, int64_t position, bool unicode,
                 char *buffer, size_t size)
{
    in_unit(position, unit_of(scale), unicode, buffer, size);
}

/* The next step after one, or 0: 1, 2, 5, 10, ... */
static int64_t longer(int64_t step, bool by_event)
{
    if (!by_event && step >= 10 * SEC) {
        for (size_t i = 0; i < sizeof long_steps / sizeof *long_steps; i++)
            if (long_steps[i] > step)
                return long_steps[i];
        return 0;
    }
    int64_t ten = 1;
    while (ten <= step / 10)
        ten *= 10;
    return step / ten == 1 ? 2 * ten : step / ten == 2 ? 5 * ten : 10 * ten;
}

/* Labels are ASCII but for the micro sign, which takes two bytes. */
static int columns_of(const struct scale *scale, int64_t position)
{
    char label[32];
    scale_label(scale, position, false, label, sizeof label);
    return (int)strlen(label);
}

static bool roomy(const struct scale *scale, int64_t step)
{
    if (scale->total / step > MOST_STEPS)
        return false;
    int last = columns_of(scale, scale->total - scale->total % step);
    int one = columns_of(scale, step);
    double apart = (double)step * (scale->columns - 1) / (double)scale->total;
    return apart >= (last > one ? last : one) + 3;
}

int64_t scale_step(const struct scale *scale)
{
    const struct unit *unit = unit_of(scale);
    int64_t step = unit->decimal && unit->ns >= 10 ? unit->ns / 10 : unit->ns;
    while (step <= scale->total && !roomy(scale, step)) {
        int64_t next = longer(step, scale->by_event);
        if (next == 0)
            break;
        step = next;
    }
    return step;
}

/* Gives up columns at the right so that all steps are of one width. */
static void even_out(struct scale *scale)
{
    int64_t step = scale_step(scale);
    if (step > scale->total)
        return;
    double steps = (double)scale->total / (double)step;
    int each = (int)((scale->columns - 1) / steps);
    int columns = (int)(each * steps) + 1;
    if (columns < scale->columns)
        scale->columns = columns;
}

int64_t timeline_length(const struct trace *trace)
{
    int64_t length = trace->end_ns > 0 ? trace->end_ns : 0;
    for (size_t i = 0; i < trace->n_events; i++)
        if (trace->events[i].t_ns > length)
            length = trace->events[i].t_ns;
    return length;
}

struct scale scale_of(const struct trace *trace, int columns)
{
    struct scale scale = {.columns = columns, .total = timeline_length(trace)};
    if (scale.total <= 0) {
        scale.by_event = trace->n_events > 0;
        scale.total = (int64_t)trace->n_events;
    }
    even_out(&scale);
    return scale;
}

void timeline_time(int64_t t_ns, bool unicode, char *buffer, size_t size)
{
    const struct unit *unit = units;
    int64_t t = t_ns < 0 ? 0 : t_ns;
    while (t < unit->ns && unit->ns > 1)
        unit++;
    if (t == 0)
        unit = &zero;
    if (unit->decimal || unit->ns == 1) {
        in_unit(t, unit, unicode, buffer, size);
        return;
    }
    /* days, hours, minutes: the whole ones, and how many of the next */
    int64_t rest = t % unit->ns / unit[1].ns;
    int n = snprintf(buffer, size, "%lld %s", (long long)(t / unit->ns),
                     unit->name);
    if (rest > 0)
        snprintf(buffer + n, size - (size_t)n, " %lld %s", (long long)rest,
                 unit[1].name);
}
