/* Theory: a process number is looked up by its birth, always the first BORN
 * event with it.  A parent counts only if it was born earlier, so that a walk
 * upwards ends whatever a trace read from a file claims.  Everything is a scan
 * of the events; a trace has thousands of them, not millions. */

#include "trace/query.h"

#include <stdio.h>
#include <string.h>

#include "trace/text.h"

static long birth(const struct trace *trace, int proc)
{
    return proc < 0 ? -1 : trace_find(trace, TRACE_BORN, proc, 0);
}

static const struct trace_event *first(const struct trace *trace,
                                       enum trace_kind kind, int proc)
{
    long at = proc < 0 ? -1 : trace_find(trace, kind, proc, 0);
    return at < 0 ? NULL : &trace->events[at];
}

long trace_find(const struct trace *trace, enum trace_kind kind, int proc,
                size_t from)
{
    for (size_t i = from; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == kind && (proc == TRACE_NOBODY || e->proc == proc))
            return (long)i;
    }
    return -1;
}

/* unlink(/tmp/lab/web.pid) */
static bool removes(const struct trace_event *e, const char *file)
{
    static const char call[] = "unlink(";
    size_t begin = sizeof call - 1, len = strlen(file);
    if (e->a != 0 || strncmp(e->text, call, begin) != 0 ||
        e->len < begin + len + 1)
        return false;
    const char *name = e->text + e->len - 1 - len;
    return (name[-1] == '(' || name[-1] == '/') &&
           strncmp(name, file, len) == 0;
}

long trace_removal(const struct trace *trace, int proc, const char *file)
{
    long i = trace_find(trace, TRACE_CALL, proc, 0);
    while (i >= 0 && !removes(&trace->events[i], file))
        i = trace_find(trace, TRACE_CALL, proc, (size_t)i + 1);
    return i;
}

int trace_processes(const struct trace *trace)
{
    int n = 0;
    for (size_t i = 0; i < trace->n_events; i++)
        n += trace->events[i].kind == TRACE_BORN;
    return n;
}

/* The parent that the birth at this event had. */
static int parent_of(const struct trace *trace, long born)
{
    int parent = trace->events[born].other;
    long before = birth(trace, parent);
    return before >= 0 && before < born ? parent : TRACE_OUTSIDE;
}

int trace_parent(const struct trace *trace, int proc)
{
    long born = birth(trace, proc);
    return born < 0 ? TRACE_NOBODY : parent_of(trace, born);
}

/* Whether this event is the birth of a child of parent. */
static bool bears(const struct trace *trace, size_t event, int parent)
{
    const struct trace_event *e = &trace->events[event];
    if (e->kind != TRACE_BORN || (parent >= 0 && e->other != parent))
        return false;
    return birth(trace, e->proc) == (long)event &&
           parent_of(trace, (long)event) == parent;
}

int trace_child(const struct trace *trace, int proc, int nth)
{
    for (size_t i = 0; i < trace->n_events; i++)
        if (bears(trace, i, proc) && nth-- == 0)
            return trace->events[i].proc;
    return TRACE_NOBODY;
}

int trace_children(const struct trace *trace, int proc)
{
    int n = 0;
    for (size_t i = 0; i < trace->n_events; i++)
        n += bears(trace, i, proc);
    return n;
}

bool trace_descends(const struct trace *trace, int proc, int ancestor)
{
    while (proc >= 0) {
        proc = trace_parent(trace, proc);
        if (proc == ancestor && proc != TRACE_NOBODY)
            return true;
    }
    return false;
}

/* From 1; TRACE_OUTSIDE has children as well. */
static int rank(const struct trace *trace, int proc, int parent)
{
    long born = birth(trace, proc);
    int n = 1;
    for (long i = 0; i < born; i++)
        n += bears(trace, (size_t)i, parent);
    return n;
}

/* Writes the place so that it ends before index end, where it falls into the
 * buffer.  Returns the index of its first byte; with end 0, minus the length.*/
static long place_before(const struct trace *trace, int proc, char *buffer,
                         long size, long end)
{
    char digits[24];
    while (proc >= 0) {
        int parent = trace_parent(trace, proc);
        int n = snprintf(digits, sizeof digits, "%s%d", parent < 0 ? "" : ".",
                         rank(trace, proc, parent));
        end -= n;
        for (int i = 0; i < n; i++)
            if (end + i >= 0 && end + i < size)
                buffer[end + i] = digits[i];
        proc = parent;
    }
    return end;
}

const char *trace_place(const struct trace *trace, int proc, char *buffer,
                        size_t size)
{
    if (size == 0)
        return buffer;
    if (birth(trace, proc) < 0) {
        snprintf(buffer, size, "?");
        return buffer;
    }
    long len = -place_before(trace, proc, buffer, 0, 0);
    place_before(trace, proc, buffer, (long)size - 1, len);
    buffer[(size_t)len < size ? (size_t)len : size - 1] = '\0';
    return buffer;
}

int trace_pid(const struct trace *trace, int proc)
{
    const struct trace_event *born = first(trace, TRACE_BORN, proc);
    return born ? (int)born->b : -1;
}

int trace_by_pid(const struct trace *trace, int pid, size_t at_event)
{
    int holder = TRACE_NOBODY;
    for (size_t i = 0; i < trace->n_events && i <= at_event; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_BORN && e->b == pid)
            holder = e->proc;
        /* a zombie keeps its pid; the reaping itself can still be asked */
        else if (e->kind == TRACE_REAP && e->other == holder && i < at_event)
            holder = TRACE_NOBODY;
    }
    return holder;
}

int64_t trace_born_at(const struct trace *trace, int proc)
{
    const struct trace_event *born = first(trace, TRACE_BORN, proc);
    return born ? born->t_ns : -1;
}

struct trace_end trace_end_of(const struct trace *trace, int proc)
{
    const struct trace_event *e = first(trace, TRACE_EXIT, proc);
    if (!e)
        return (struct trace_end){.at_ns = -1};
    return (struct trace_end){
        .ended = true,
        .code = (int)e->a,
        .signal = (int)e->b,
        .at_ns = e->t_ns,
    };
}

static const struct trace_event *reaping(const struct trace *trace, int proc)
{
    for (size_t i = 0; proc >= 0 && i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_REAP && e->other == proc)
            return e;
    }
    return NULL;
}

int64_t trace_reaped_at(const struct trace *trace, int proc)
{
    const struct trace_event *e = reaping(trace, proc);
    return e ? e->t_ns : -1;
}

int trace_reaper(const struct trace *trace, int proc)
{
    const struct trace_event *e = reaping(trace, proc);
    return e ? e->proc : TRACE_NOBODY;
}

/* The events of a life: born at first, over at last (exclusive). */
static bool life(const struct trace *trace, int proc, long *from, long *to)
{
    *from = birth(trace, proc);
    *to = proc < 0 ? -1 : trace_find(trace, TRACE_EXIT, proc, 0);
    if (*to < 0)
        *to = (long)trace->n_events;
    return *from >= 0 && *from < *to;
}

bool trace_alive_at_event(const struct trace *trace, int proc, size_t event)
{
    long from, to;
    if (!life(trace, proc, &from, &to) || event < (size_t)from)
        return false;
    return event < (size_t)to || to == (long)trace->n_events;
}

bool trace_overlap(const struct trace *trace, int a, int b)
{
    long from_a, to_a, from_b, to_b;
    return life(trace, a, &from_a, &to_a) && life(trace, b, &from_b, &to_b) &&
           from_a < to_b && from_b < to_a;
}

static bool one_of(int proc, const int *procs, int n)
{
    for (int i = 0; i < n; i++)
        if (procs[i] == proc)
            return true;
    return false;
}

int trace_most_alive(const struct trace *trace, const int *procs, int n)
{
    int alive = 0, most = 0;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind != TRACE_BORN && e->kind != TRACE_EXIT)
            continue;
        long from, to;
        if (!one_of(e->proc, procs, n) || !life(trace, e->proc, &from, &to))
            continue;
        alive += (long)i == from;
        alive -= (long)i == to;
        if (alive > most)
            most = alive;
    }
    return most;
}

/* The last event of [0, upto] that names proc's leader, or -1. */
static long last_name(const struct trace *trace, int proc, long upto)
{
    for (long i = upto; i >= 0; i--) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_NAME && e->proc == proc && e->thread == 0)
            return i;
    }
    return -1;
}

const char *trace_name_at(const struct trace *trace, int proc, size_t event)
{
    long upto = (long)(event < trace->n_events ? event + 1 : trace->n_events);
    while (proc >= 0) {
        long name = last_name(trace, proc, --upto);
        if (name >= 0)
            return trace->events[name].text ? trace->events[name].text : "";
        long born = birth(trace, proc);
        if (born < 0 || born > upto)
            return "";
        proc = parent_of(trace, born);
        upto = born;
    }
    return "";
}

const char *trace_name_at_exit(const struct trace *trace, int proc)
{
    long end = proc < 0 ? -1 : trace_find(trace, TRACE_EXIT, proc, 0);
    return trace_name_at(trace, proc, end < 0 ? trace->n_events : (size_t)end);
}

/* A name that came from the parent at birth says nothing of this process. */
static bool tells_apart(const struct trace *trace, int proc, const char *name)
{
    int parent = trace_parent(trace, proc);
    if (parent < 0)
        return name[0] != '\0';
    const char *inherited =
        trace_name_at(trace, parent, (size_t)birth(trace, proc));
    return name[0] != '\0' && strcmp(name, inherited) != 0;
}

const char *trace_label(const struct trace *trace, int proc, char *buffer,
                        size_t size)
{
    char name[64], place[64];
    if (size == 0)
        return buffer;
    const char *raw = trace_name_at_exit(trace, proc);
    text_clean(raw, name, sizeof name, true);
    trace_place(trace, proc, place, sizeof place);
    if (tells_apart(trace, proc, raw))
        snprintf(buffer, size, "%s (%s)", name, place);
    else
        snprintf(buffer, size, "process %s", place);
    for (size_t n = strlen(buffer); !text_is_utf8(buffer, n); n--)
        buffer[n - 1] = '\0'; /* cut within a character */
    return buffer;
}

long trace_last_look(const struct trace *trace, int proc)
{
    long last = -1;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_FACTS && e->proc == proc &&
            e->a == TRACE_AT_STEP)
            last = (long)i;
    }
    return last;
}

const struct trace_descriptor *
trace_descriptor(const struct trace_facts *facts, int number)
{
    for (size_t i = 0; i < facts->n_descriptors; i++)
        if (facts->descriptors[i].number == number)
            return &facts->descriptors[i];
    return NULL;
}
