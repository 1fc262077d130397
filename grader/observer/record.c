/* Writing the trace: events and decisions, in the order in which they come. */
#include <stdlib.h>
#include <string.h>

#include "observer/internal.h"
#include "trace/query.h"

/* Doubles an array when it is full. @return the array, or NULL */
static void *grow(void *array, size_t used, size_t *room, size_t size)
{
    if (used < *room)
        return array;
    size_t wanted = *room ? 2 * *room : 64;
    void *larger = reallocarray(array, wanted, size);
    if (larger)
        *room = wanted;
    return larger;
}

static struct trace_event *append(struct observer *o)
{
    struct trace *tr = o->trace;
    void *events = grow(tr->events, tr->n_events, &o->event_room,
                        sizeof *tr->events);
    if (!events) {
        o->out_of_memory = true;
        return NULL;
    }
    tr->events = events;
    struct trace_event *e = &tr->events[tr->n_events++];
    *e = (struct trace_event){.t_ns = o->now, .other = TRACE_NOBODY};
    return e;
}

/* Looked up when it is wanted, as most stops are not recorded. */
uint64_t place_of(const struct observer *o, struct task *t)
{
    if (!t->pc_known)
        t->pc = o->request->no_places ? 0 : find_pc(t);
    t->pc_known = true;
    return t->pc;
}

struct trace_event *record_for(struct observer *o, enum trace_kind kind,
                               int proc, int other, int64_t a, int64_t b)
{
    struct trace_event *e = append(o);
    if (!e)
        return NULL;
    e->kind = kind;
    e->proc = proc;
    e->other = other;
    e->a = a;
    e->b = b;
    return e;
}

struct trace_event *record(struct observer *o, enum trace_kind kind,
                           struct task *t, int other, int64_t a, int64_t b,
                           const char *text, size_t len)
{
    struct trace_event *e =
        record_for(o, kind, t->process->number, other, a, b);
    if (!e)
        return NULL;
    e->thread = t->thread;
    /* Signals that are ignored come often, and nobody asks where. */
    if (kind != TRACE_DELIVER || b != TRACE_IGNORED)
        e->pc = place_of(o, t);
    if (!text)
        return e;
    e->text = malloc(len + 1);
    if (!e->text) {
        o->out_of_memory = true;
        return e;
    }
    memcpy(e->text, text, len);
    e->text[len] = '\0';
    e->len = len;
    return e;
}

/* A place in the tree tells who is meant under each schedule. */
static void look_for_victim(struct observer *o)
{
    char place[sizeof o->schedule.schedule.victim];
    struct schedule_state *s = &o->schedule;
    for (; s->victim == NO_VICTIM && o->places_known < o->n_processes;
         o->places_known++)
        if (strcmp(trace_place(o->trace, o->places_known, place, sizeof place),
                   s->schedule.victim) == 0)
            s->victim = o->places_known;
}

int decide(struct observer *o, enum choice_kind kind,
           const struct schedule_option *options, int n)
{
    if (o->schedule.schedule.kind == SCHEDULE_STARVE)
        look_for_victim(o);
    int chosen = schedule_choose(&o->schedule, kind, options, n);
    if (n < 2)
        return chosen;
    struct trace *tr = o->trace;
    void *d = grow(tr->decisions, tr->n_decisions, &o->decision_room,
                   sizeof *tr->decisions);
    if (!d) {
        o->out_of_memory = true;
        return chosen;
    }
    tr->decisions = d;
    int usual = schedule_usual(kind, options, n);
    tr->decisions[tr->n_decisions++] = (struct trace_decision){
        .kind = (int)kind,
        .options = n,
        .chosen = chosen,
        .usual = usual,
        .event = tr->n_events,
        .proc = options[chosen].proc,
        .other = options[usual].proc,
    };
    return chosen;
}
