#include "trace/svg_axis.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define MS INT64_C(1000000)
#define SEC (1000 * MS)
#define MIN (60 * SEC)
#define HOUR (60 * MIN)

enum {
    MOST_CUT = 6,
    WIDEST_STEP = 15, /* beside waits */
    WIDEST_LONELY_STEP = 64,
    JUMP = 22, /* a wait where order alone counts */
    CUT_WIDTH = 48,
    GOOD_WAIT = 24, /* what cutting is for */
    LEAST_WAIT = 8, /* what makes it worth while */
};

/* What lies closer together is one moment: reads of the clock and ties take
 * microseconds. */
static int64_t grain(int64_t length)
{
    int64_t grain = MS;
    while (grain > 1 && grain > length / 100)
        grain /= 10;
    return grain;
}

static bool same(const struct trace_event *a, const struct trace_event *b,
                 enum trace_kind before)
{
    return a && a->kind == before && a->proc == b->proc;
}

/* Whether an event gets a step of its own.  What belongs together is shown at
 * one place: a death at its signal, a name at its exec, writes in a row. */
static bool steps(const struct trace_event *e, const struct trace_event *before,
                  const struct trace_event *shown)
{
    switch (e->kind) {
    case TRACE_BORN:
    case TRACE_STOP:
    case TRACE_CONTINUE:
    case TRACE_ORPHAN:
    case TRACE_SESSION:
        return true;

    case TRACE_EXEC:
        return !(same(before, e, TRACE_BORN) && before->a == TRACE_BY_START);
    case TRACE_NAME:
        return !same(before, e, TRACE_EXEC);
    case TRACE_SIGNAL:
        return e->a != 0;
    case TRACE_DELIVER:
        return timeline_noticed(e);
    case TRACE_REAP:
        return e->proc >= 0 && e->other >= 0;
    case TRACE_EXIT:
        return !(e->b && same(before, e, TRACE_DELIVER));
    case TRACE_EXEC_FAILED: /* execvp(3) tries one directory after another */
    case TRACE_WRITE:
        return !same(shown, e, e->kind);
    default:
        return false;
    }
}

static struct moment *next_moment(struct svg_axis *axis, int64_t t_ns,
                                  int64_t wait_ns)
{
    struct moment *m = &axis->moments[axis->n_moments++];
    *m = (struct moment){.t_ns = t_ns, .wait_ns = wait_ns};
    return m;
}

/* The moments, and for each event in at[] its step, half a step before the
 * first one is 0, and in moment_of[] its moment. */
static void divide(struct svg_axis *axis, const struct trace *trace,
                   int *moment_of)
{
    int64_t now = 0, least = grain(axis->scale.total);
    const struct trace_event *before = NULL, *shown = NULL;
    struct moment *m = next_moment(axis, 0, 0);
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        int64_t t = e->t_ns > now ? e->t_ns : now;
        if (t - now >= least) {
            m = next_moment(axis, t, t - now);
            shown = NULL;
        }
        now = t;
        if (steps(e, before, shown)) {
            m->steps++;
            shown = e;
        }
        before = e;
        moment_of[i] = axis->n_moments - 1;
        axis->at[i] = m->steps;
    }
    if (axis->scale.total - now >= least)
        m = next_moment(axis, axis->scale.total, axis->scale.total - now);
    moment_of[trace->n_events] = axis->n_moments - 1;
    axis->at[trace->n_events] = m->steps + 0.5;
}

static int all_steps(const struct svg_axis *axis)
{
    int sum = 0;
    for (int i = 0; i < axis->n_moments; i++)
        sum += axis->moments[i].steps;
    return sum > 0 ? sum : 1;
}

/* Pixels a step: at most half the width for all of them, where time passes. */
static double step_width(const struct svg_axis *axis, double width)
{
    int n = all_steps(axis);
    bool lonely = axis->n_moments == 1 || axis->order;
    double most = lonely ? WIDEST_LONELY_STEP : WIDEST_STEP;
    double step = (lonely ? width : width * 0.55) / n;
    return step < most ? step : most;
}

static struct moment *longest_wait(const struct svg_axis *axis)
{
    struct moment *longest = NULL;
    for (int i = 0; i < axis->n_moments; i++) {
        struct moment *m = &axis->moments[i];
        if (!m->cut && m->wait_ns > (longest ? longest->wait_ns : 0))
            longest = m;
    }
    return longest;
}

/* Pixels a nanosecond in waits that are not cut; the shortest of them. */
static double pace(const struct svg_axis *axis, double width, int64_t *shortest)
{
    double sum = 0;
    *shortest = 0;
    for (int i = 0; i < axis->n_moments; i++) {
        const struct moment *m = &axis->moments[i];
        if (m->cut || m->wait_ns == 0)
            continue;
        sum += (double)m->wait_ns;
        if (*shortest == 0 || m->wait_ns < *shortest)
            *shortest = m->wait_ns;
    }
    return sum > 0 ? (width - axis->n_cut * CUT_WIDTH) / sum : 0;
}

static void cut_none(struct svg_axis *axis)
{
    for (int i = 0; i < axis->n_moments; i++)
        axis->moments[i].cut = false;
    axis->n_cut = 0;
}

/* Cuts the longest waits, as few as let the shortest be seen; none where that
 * does not help. */
static double cut(struct svg_axis *axis, double width)
{
    int64_t shortest;
    double each = pace(axis, width, &shortest);
    while ((double)shortest * each < GOOD_WAIT && axis->n_cut < MOST_CUT) {
        struct moment *m = longest_wait(axis);
        if (!m || m->wait_ns == shortest ||
            (double)m->wait_ns * each < 2 * CUT_WIDTH)
            break;
        m->cut = true;
        axis->n_cut++;
        each = pace(axis, width, &shortest);
    }
    if ((double)shortest * each >= LEAST_WAIT)
        return each;
    cut_none(axis);
    return pace(axis, width, &shortest);
}

static double wait_width(const struct svg_axis *axis, const struct moment *m,
                         double each, double width)
{
    double jump = width / 2 / axis->n_moments;
    if (axis->order)
        return m->wait_ns == 0 ? 0 : jump < JUMP ? jump : JUMP;
    return m->cut ? CUT_WIDTH : (double)m->wait_ns * each;
}

static void spread(struct svg_axis *axis, double width)
{
    double waits = 0, x = 0, each = 0;
    for (int i = 0; axis->order && i < axis->n_moments; i++)
        waits += wait_width(axis, &axis->moments[i], 0, width);
    double step = step_width(axis, width - waits);
    if (!axis->order)
        each = cut(axis, width - step * all_steps(axis));
    for (int i = 0; i < axis->n_moments; i++) {
        struct moment *m = &axis->moments[i];
        x += wait_width(axis, m, each, width);
        m->x = x;
        m->width = step * m->steps;
        x += m->width;
    }
}

static void place_events(struct svg_axis *axis, size_t n, const int *moment_of)
{
    for (size_t i = 0; i < n; i++) {
        const struct moment *m = &axis->moments[moment_of[i]];
        double step = m->steps ? m->width / m->steps : 0;
        double at = axis->at[i] - 0.5;
        axis->at[i] = m->x + (at > 0 ? at * step : 0);
    }
}

int svg_axis_make(const struct trace *trace, int width, bool order,
                  struct svg_axis *out)
{
    size_t n = trace->n_events + 1;
    struct svg_axis axis = {
        .order = order,
        .scale = {.total = timeline_length(trace), .columns = width},
        .at = calloc(n, sizeof *axis.at),
        .moments = calloc(n + 1, sizeof *axis.moments),
    };
    int *moment_of = calloc(n, sizeof *moment_of);
    bool failed = !axis.at || !axis.moments || !moment_of;
    if (failed) {
        svg_axis_free(&axis);
    } else {
        divide(&axis, trace, moment_of);
        spread(&axis, width - 1);
        place_events(&axis, n, moment_of);
        axis.scale.at = axis.at;
        *out = axis;
    }
    free(moment_of);
    return failed ? -ENOMEM : 0;
}

void svg_axis_free(struct svg_axis *axis)
{
    free(axis->at);
    free(axis->moments);
}

int64_t svg_axis_round(const struct trace *trace, int64_t t_ns)
{
    int64_t t = t_ns > 0 ? t_ns : 0;
    return t - t % grain(timeline_length(trace));
}

void svg_axis_time(const struct trace *trace, int64_t t_ns, char *buffer,
                   size_t size)
{
    int64_t t = svg_axis_round(trace, t_ns);
    int64_t unit = t < MIN ? 1 : t < HOUR ? SEC : t < 24 * HOUR ? MIN : HOUR;
    long long h = (long long)(t / HOUR), min = (long long)(t % HOUR / MIN);
    long long ms = (long long)(t % MIN / MS);
    if (t % unit == 0) {
        timeline_time(t, true, buffer, size);
        return;
    }
    int n = h ? snprintf(buffer, size, "%lld:%02lld:%02lld", h, min, ms / 1000)
              : snprintf(buffer, size, "%lld:%02lld", min, ms / 1000);
    if (ms % 1000)
        snprintf(buffer + n, size - (size_t)n, ".%03lld", ms % 1000);
}

void svg_title(const struct trace *trace, char *buffer, size_t size)
{
    int64_t length = svg_axis_round(trace, timeline_length(trace));
    timeline_title(trace, length, true, buffer, size - 32);
    strcat(buffer, " of virtual time");
}

double svg_axis_place(const struct svg_axis *axis, int64_t t_ns)
{
    int i = 0;
    while (i + 1 < axis->n_moments && axis->moments[i + 1].t_ns <= t_ns)
        i++;
    const struct moment *m = &axis->moments[i], *next = m + 1;
    if (t_ns == m->t_ns || i + 1 == axis->n_moments)
        return m->x;
    if (next->cut || axis->order)
        return -1;
    double from = m->x + m->width;
    double share =
        (double)(t_ns - (next->t_ns - next->wait_ns)) / (double)next->wait_ns;
    return from + (share > 0 ? share : 0) * (next->x - from);
}
