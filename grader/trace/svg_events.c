/* Marks on the lanes and lines between them, an event at a time.  Of marks of a
 * kind that would lie on one another the first is drawn, so that a picture does
 * not grow with the number of events. */

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"
#include "trace/svg_parts.h"
#include "trace/text.h"

enum { TEXT_SIZE = 12, SIGNALS_APART = 8 };

/* Pixels between two marks of a kind; 0 is 6. */
static const int apart[SVG_MARKS] = {[SVG_WRITES] = 3};

static struct svg_lane *lane_of(const struct svg_chart *chart, int proc)
{
    if (proc < 0 || proc >= chart->n_processes || chart->lane_of[proc] < 0)
        return NULL;
    return &chart->lanes[chart->lane_of[proc]];
}

static double y_of(const struct svg_chart *chart, const struct svg_lane *lane)
{
    return svg_lane_y((int)(lane - chart->lanes));
}

static void arrow(struct svg_chart *chart, enum svg_arrow kind, double x1,
                  double y1, double x2, double y2)
{
    svg_arrow(chart->out, kind, x1, y1, x2, y2);
    chart->used[SVG_MARKS + kind] = true;
}

/* From one lane straight to another one, up to its bar. */
static void straight(struct svg_chart *chart, enum svg_arrow kind, int from,
                     int to, size_t event)
{
    struct svg_lane *a = lane_of(chart, from), *b = lane_of(chart, to);
    if (!a || !b || a == b)
        return;
    double y1 = y_of(chart, a), y2 = y_of(chart, b);
    double x = svg_event_x(chart, event);
    int gap = kind == SVG_REAP ? SVG_BAR + 1 : SVG_BAR + 3;
    arrow(chart, kind, x, y1 + (y1 < y2 ? SVG_BAR : -SVG_BAR), x,
          y2 + (y1 < y2 ? -gap : gap));
}

void svg_draw_lines(struct svg_chart *chart)
{
    for (size_t i = 0; i < chart->trace->n_events; i++) {
        const struct trace_event *e = &chart->trace->events[i];
        if (e->kind == TRACE_BORN)
            straight(chart, SVG_FORK, e->other, e->proc, i);
        else if (e->kind == TRACE_REAP)
            straight(chart, SVG_REAP, e->other, e->proc, i);
    }
}

/* Words above a bar, where there is room for them. */
static void words(struct svg_chart *chart, struct svg_lane *lane, double x,
                  const char *class, const char *text)
{
    double width = svg_text_width(text, TEXT_SIZE), limit = SVG_WIDTH - 4;
    double from = x > lane->text_until ? x : lane->text_until;
    if (from + width > limit)
        from = limit - width;
    if (from < lane->text_until || from < x - 40 || from > x + 24)
        return;
    svg_put(chart->out, "<text class='s o %r' x='%n' y='%n'>%s</text>\n", class,
            from, y_of(chart, lane) - 12, text);
    lane->text_until = from + width + 6;
}

static bool mark(struct svg_chart *chart, struct svg_lane *lane, int kind,
                 size_t event)
{
    double x = svg_event_x(chart, event);
    chart->used[kind] = true;
    if (x < lane->marked[kind] + (apart[kind] ? apart[kind] : 6)) {
        chart->left_out += x > lane->marked[kind]; /* else it is at one place */
        return false;
    }
    lane->marked[kind] = x;
    svg_mark(chart->out, kind, x, y_of(chart, lane));
    return true;
}

static void named(struct svg_chart *chart, struct svg_lane *lane, size_t event)
{
    char name[96];
    const struct trace_event *e = &chart->trace->events[event];
    const char *raw = e->text;
    if (!raw ||
        (event > 0 && e[-1].kind == TRACE_EXEC && e[-1].proc == e->proc))
        return;
    if (mark(chart, lane, SVG_NAMED, event))
        words(chart, lane, svg_event_x(chart, event) + 3, "d",
              text_clean(raw, name, sizeof name - 4, true));
}

/* The arguments in a line, the first without its directory. */
static void command(const struct trace_event *e, char *line, size_t size)
{
    const char *s = e->text, *end = s + e->len;
    const char *slash = strrchr(s, '/');
    size_t used = 0;
    line[0] = '\0';
    for (s = slash && slash[1] ? slash + 1 : s; s < end && used + 2 < size;
         s += strlen(s) + 1) {
        if (used > 0)
            line[used++] = ' ';
        text_clean(s, line + used, size - used, true);
        used += strlen(line + used);
    }
}

static void executes(struct svg_chart *chart, struct svg_lane *lane,
                     size_t event)
{
    char line[128];
    const struct trace_event *e = &chart->trace->events[event];
    if (event > 0 && e[-1].kind == TRACE_BORN && e[-1].a == TRACE_BY_START)
        return; /* how every run begins */
    if (!mark(chart, lane, SVG_EXEC, event) || !e->text)
        return;
    command(e, line, sizeof line - 4);
    svg_text_cut(line, TEXT_SIZE, 170);
    words(chart, lane, svg_event_x(chart, event) + 3, "d", line);
}

static void cannot_execute(struct svg_chart *chart, struct svg_lane *lane,
                           size_t event)
{
    char line[128];
    const struct trace_event *e = &chart->trace->events[event];
    if (!mark(chart, lane, SVG_EXEC_FAILED, event) || !e->text)
        return;
    command(e, line, sizeof line - 4);
    svg_text_cut(line, TEXT_SIZE, 170);
    words(chart, lane, svg_event_x(chart, event) + 3, "st", line);
}

/* Where an arrow ends that comes from above or from below. */
static double head(double from, double to)
{
    return from < to ? to - SVG_BAR - 1 : from > to ? to + SVG_BAR + 1 : to;
}

static void say_signal(struct svg_chart *chart, struct svg_lane *lane, double x,
                       int64_t number)
{
    char name[32];
    int known = number > 0 && number < 1000 ? (int)number : 0;
    timeline_signal(known, name, sizeof name);
    words(chart, lane, x + 5, "st", name);
}

/* Whether there is room for another signal at a lane. */
static bool room_for_signal(struct svg_chart *chart, struct svg_lane *lane,
                            double x)
{
    if (x < lane->arrow + SIGNALS_APART) {
        chart->left_out++;
        return false;
    }
    lane->arrow = x;
    return true;
}

static void sent(struct svg_chart *chart, struct svg_lane *from, size_t event)
{
    const struct trace *trace = chart->trace;
    const struct trace_event *e = &trace->events[event];
    struct svg_lane *to = lane_of(chart, e->other);
    if (!to || e->a == 0 || e->b < 0)
        return;
    double x1 = svg_event_x(chart, event);
    if (!room_for_signal(chart, to, x1))
        return;
    size_t got = timeline_delivery(trace, event);
    bool vain =
        got == trace->n_events || !timeline_noticed(&trace->events[got]);
    double x2 = vain ? x1 : svg_event_x(chart, got);
    double y1 = y_of(chart, from), y2 = y_of(chart, to);
    if (from != to)
        arrow(chart, vain ? SVG_VAIN : SVG_SIGNAL, x1, y1, x2, head(y1, y2));
    say_signal(chart, to, x2, e->a);
}

/* One that no process of the tree has sent comes from above. */
static void delivered(struct svg_chart *chart, struct svg_lane *lane,
                      size_t event)
{
    const struct trace_event *e = &chart->trace->events[event];
    if (!timeline_noticed(e))
        return;
    double x = svg_event_x(chart, event), y = y_of(chart, lane);
    if (e->b != TRACE_DEFAULT)
        mark(chart, lane, GLYPH_SIGNAL, event);
    if (lane_of(chart, e->other) || !room_for_signal(chart, lane, x))
        return;
    arrow(chart, SVG_SIGNAL, x, y - 26, x, y - SVG_BAR - 1);
    say_signal(chart, lane, x, e->a);
}

static void mark_event(struct svg_chart *chart, struct svg_lane *lane,
                       size_t event)
{
    const struct trace_event *e = &chart->trace->events[event];
    switch (e->kind) {
    case TRACE_BORN:
        mark(chart, lane, GLYPH_BORN, event);
        break;
    case TRACE_EXEC:
        executes(chart, lane, event);
        break;
    case TRACE_EXEC_FAILED:
        cannot_execute(chart, lane, event);
        break;
    case TRACE_SESSION:
        mark(chart, lane, SVG_SESSION, event);
        break;
    case TRACE_NAME:
        named(chart, lane, event);
        break;
    case TRACE_WRITE:
        mark(chart, lane, SVG_WRITES, event);
        break;
    case TRACE_REAP:
        if (e->other >= 0)
            mark(chart, lane, GLYPH_REAPS, event);
        break;
    case TRACE_SIGNAL:
        sent(chart, lane, event);
        break;
    case TRACE_DELIVER:
        delivered(chart, lane, event);
        break;
    case TRACE_FAULT:
        mark(chart, lane, GLYPH_FAULT, event);
        break;
    case TRACE_EXIT:
        mark(chart, lane, e->b ? GLYPH_KILLED : GLYPH_EXITED, event);
        break;
    default:
        break;
    }
}

void svg_draw_marks(struct svg_chart *chart)
{
    const struct trace *trace = chart->trace;
    for (size_t i = 0; i < trace->n_events; i++) {
        struct svg_lane *lane = lane_of(chart, trace->events[i].proc);
        if (lane)
            mark_event(chart, lane, i);
    }
    for (int i = 0; i < chart->n_lanes; i++) {
        struct svg_lane *lane = &chart->lanes[i];
        if (!trace_end_of(trace, lane->proc).ended)
            mark(chart, lane, GLYPH_STILL, trace->n_events);
    }
}
