#include "trace/perfetto.h"

#include <stdio.h>
#include <stdlib.h>

#include "trace/query.h"
#include "trace/text.h"
#include "trace/timeline_parts.h"

struct writer {
    const struct trace *trace;
    json_t *events;
    int proc; /* whose life is walked along */
    int n_arrows;
    bool failed;
};

static void put(struct writer *w, json_t *event)
{
    w->failed |= json_array_append_new(w->events, event) != 0;
}

/* Microseconds; whole ones as whole numbers. */
static json_t *us(int64_t t_ns)
{
    int64_t t = t_ns > 0 ? t_ns : 0;
    return t % 1000 ? json_real((double)t / 1000) : json_integer(t / 1000);
}

static int64_t time_of(const struct writer *w, size_t event)
{
    int64_t t_ns = event < w->trace->n_events ? w->trace->events[event].t_ns
                                              : timeline_length(w->trace);
    return t_ns > 0 ? t_ns : 0;
}

/* Numbers of processes begin at 1: some programs do not show a 0. */
static json_t *new_event(const char *phase, const char *name, int proc)
{
    return json_pack("{s:s, s:s, s:i, s:i}", "ph", phase, "name", name, "pid",
                     proc + 1, "tid", proc + 1);
}

static void meta(struct writer *w, const char *what, int proc, json_t *args)
{
    json_t *event = new_event("M", what, proc);
    w->failed |= json_object_set_new(event, "args", args) != 0;
    put(w, event);
}

static void name_process(struct writer *w, int proc, int index)
{
    char place[256], name[64], both[400];
    trace_place(w->trace, proc, place, sizeof place);
    text_clean(trace_name_at_exit(w->trace, proc), name, sizeof name, true);
    snprintf(both, sizeof both, "%s%s%s", place, name[0] ? " " : "", name);
    meta(w, "process_name", proc, json_pack("{s:s}", "name", both));
    meta(w, "process_sort_index", proc,
         json_pack("{s:i}", "sort_index", index));
    meta(w, "thread_name", proc, json_pack("{s:s}", "name", name));
}

static void bar(void *to, enum glyph state, size_t from, size_t until)
{
    static const char *const names[GLYPH_STATES] = {
        [GLYPH_RUNNING] = "running",
        [GLYPH_SLEEPING] = "sleeping",
        [GLYPH_AWAITS_CHILD] = "waiting for a child",
        [GLYPH_WAITING] = "waiting",
        [GLYPH_STOPPED] = "stopped",
        [GLYPH_ZOMBIE] = "zombie",
    };
    struct writer *w = to;
    int64_t t_ns = time_of(w, from), end_ns = time_of(w, until);
    if (state == GLYPH_NONE || end_ns <= t_ns)
        return;
    json_t *event = new_event("X", names[state], w->proc);
    w->failed |= json_object_set_new(event, "cat", json_string("state")) != 0;
    w->failed |= json_object_set_new(event, "ts", us(t_ns)) != 0;
    w->failed |= json_object_set_new(event, "dur", us(end_ns - t_ns)) != 0;
    put(w, event);
}

static void no_mark(void *to, enum glyph mark, size_t event)
{
    (void)to, (void)mark, (void)event;
}

static void at(struct writer *w, json_t *event, const char *kind, int64_t t_ns)
{
    w->failed |= json_object_set_new(event, "cat", json_string(kind)) != 0;
    w->failed |= json_object_set_new(event, "ts", us(t_ns)) != 0;
    put(w, event);
}

/* An event of a process as a mark, its text cut and made fit. */
static void instant(struct writer *w, const struct trace_event *e)
{
    char name[160], text[100] = "", signal[32] = "";
    const char *kind = trace_kind_name(e->kind);
    if (e->text)
        text_clean(e->text, text, sizeof text, true);
    if (e->kind == TRACE_DELIVER || (e->kind == TRACE_EXIT && e->b))
        timeline_signal((int)(e->kind == TRACE_EXIT ? e->b : e->a), signal,
                        sizeof signal);
    snprintf(name, sizeof name, "%s%s%s%s%s", kind, text[0] ? " " : "", text,
             signal[0] ? " " : "", signal);
    json_t *event = new_event("i", name, e->proc);
    w->failed |= json_object_set_new(event, "s", json_string("t")) != 0;
    at(w, event, kind, e->t_ns);
}

/* The two ends of an arrow have a number in common. */
static void arrow(struct writer *w, const char *kind, int from, int64_t from_ns,
                  int to, int64_t to_ns)
{
    json_t *start = new_event("s", kind, from);
    json_t *finish = new_event("f", kind, to);
    int id = ++w->n_arrows;
    w->failed |= json_object_set_new(start, "id", json_integer(id)) != 0;
    w->failed |= json_object_set_new(finish, "id", json_integer(id)) != 0;
    w->failed |= json_object_set_new(finish, "bp", json_string("e")) != 0;
    at(w, start, kind, from_ns);
    at(w, finish, kind, to_ns);
}

static bool is_shown(const struct trace_event *e)
{
    switch (e->kind) {
    case TRACE_EXEC:
    case TRACE_EXEC_FAILED:
    case TRACE_NAME:
    case TRACE_STOP:
    case TRACE_CONTINUE:
    case TRACE_DELIVER:
    case TRACE_EXIT:
    case TRACE_ORPHAN:
    case TRACE_WRITE:
    case TRACE_SESSION:
        return true;
    default:
        return false;
    }
}

static void write_event(struct writer *w, size_t i, int n)
{
    const struct trace_event *e = &w->trace->events[i];
    bool both = e->proc >= 0 && e->proc < n && e->other >= 0 && e->other < n;
    if (e->proc >= 0 && e->proc < n && is_shown(e))
        instant(w, e);
    if (e->kind == TRACE_BORN && both)
        arrow(w, "fork", e->other, e->t_ns, e->proc, e->t_ns);
    if (e->kind == TRACE_REAP && both)
        arrow(w, "reap", e->other, e->t_ns, e->proc, e->t_ns);
    if (e->kind == TRACE_SIGNAL && both && e->a && e->b == 0) {
        size_t got = timeline_delivery(w->trace, i);
        if (got < w->trace->n_events)
            arrow(w, "signal", e->proc, e->t_ns, e->other,
                  w->trace->events[got].t_ns);
    }
}

static void write_trace(struct writer *w, const int *order, int n)
{
    const struct life life = {w, bar, no_mark};
    for (int i = 0; i < n; i++)
        name_process(w, order[i], i);
    for (int i = 0; i < n; i++) {
        w->proc = order[i];
        w->failed |= timeline_walk(w->trace, w->proc, &life) < 0;
    }
    for (size_t i = 0; i < w->trace->n_events; i++)
        write_event(w, i, n);
}

json_t *trace_to_perfetto(const struct trace *trace)
{
    size_t room = (size_t)trace_processes(trace) + 1;
    int *order = calloc(2 * room, sizeof *order);
    struct writer w = {.trace = trace, .events = json_array()};
    int n = order && w.events ? timeline_order(trace, order, order + room) : -1;
    if (n >= 0)
        write_trace(&w, order, n);
    free(order);
    if (n < 0 || w.failed) {
        json_decref(w.events);
        return NULL;
    }
    return json_pack("{s:s, s:o}", "displayTimeUnit", "ms", "traceEvents",
                     w.events);
}
