/* The life of a process, from event to event: what state it was in between,
 * and what happened.  Every picture of a trace is drawn from this. */

#include <errno.h>
#include <signal.h>
#include <stdlib.h>

#include "trace/query.h"
#include "trace/timeline_parts.h"

struct walk {
    const struct trace *trace;
    const struct life *life;
    int proc;
    bool alive, zombie, stopped;
    bool outsiders; /* its parent is outside the tree, by birth or adoption */
    size_t since;   /* the event from which on it has been in its state */
    int threads;
    int *blocked; /* numbers of the threads that are */
    int n_blocked, room;
    enum glyph wait;
};

static enum glyph state(const struct walk *walk)
{
    if (walk->zombie)
        return GLYPH_ZOMBIE;
    if (!walk->alive)
        return GLYPH_NONE;
    if (walk->stopped)
        return GLYPH_STOPPED;
    return walk->n_blocked >= walk->threads ? walk->wait : GLYPH_RUNNING;
}

static void spend(struct walk *walk, size_t until)
{
    walk->life->span(walk->life->to, state(walk), walk->since, until);
    walk->since = until;
}

static void mark(struct walk *walk, enum glyph glyph, size_t event)
{
    walk->life->mark(walk->life->to, glyph, event);
}

static void unblock(struct walk *walk, int thread)
{
    for (int i = 0; i < walk->n_blocked; i++)
        if (walk->blocked[i] == thread) {
            walk->blocked[i] = walk->blocked[--walk->n_blocked];
            return;
        }
}

static enum glyph wait_of(const struct trace_event *e)
{
    return e->a == TRACE_WAIT_SLEEP   ? GLYPH_SLEEPING
           : e->a == TRACE_WAIT_CHILD ? GLYPH_AWAITS_CHILD
                                      : GLYPH_WAITING;
}

static int block(struct walk *walk, const struct trace_event *e)
{
    unblock(walk, e->thread);
    if (walk->n_blocked == walk->room) {
        int room = 2 * walk->room + 4;
        int *more = reallocarray(walk->blocked, (size_t)room, sizeof *more);
        if (!more)
            return -ENOMEM;
        walk->blocked = more;
        walk->room = room;
    }
    walk->blocked[walk->n_blocked++] = e->thread;
    /* of many threads the leader's wait is shown */
    if (e->thread == 0 || walk->n_blocked == 1)
        walk->wait = wait_of(e);
    return 0;
}

bool timeline_noticed(const struct trace_event *e)
{
    if (e->kind == TRACE_CONTINUE)
        return true;
    bool idle = e->a == SIGCHLD || e->a == SIGURG || e->a == SIGWINCH;
    return e->b == TRACE_HANDLED || (e->b == TRACE_DEFAULT && !idle);
}

size_t timeline_delivery(const struct trace *trace, size_t sent)
{
    const struct trace_event *signal = &trace->events[sent];
    for (size_t i = sent + 1; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->proc != signal->other)
            continue;
        if (e->kind == TRACE_DELIVER && e->a == signal->a)
            return i;
        if (e->kind == TRACE_CONTINUE && signal->a == SIGCONT)
            return i;
        if (e->kind == TRACE_EXIT)
            break;
    }
    return trace->n_events;
}

static void end(struct walk *walk, const struct trace_event *e, size_t event)
{
    if (!walk->alive)
        return;
    mark(walk, e->b ? GLYPH_KILLED : GLYPH_EXITED, event);
    walk->alive = false;
    /* whoever is outside reaps at once, whether a trace says so or not */
    walk->zombie = !walk->outsiders;
}

static int own_event(struct walk *walk, const struct trace_event *e,
                     size_t event)
{
    switch (e->kind) {
    case TRACE_BORN:
        mark(walk, GLYPH_BORN, event);
        walk->alive = true;
        walk->threads = 1;
        break;
    case TRACE_THREAD:
        walk->threads++;
        break;
    case TRACE_THREAD_EXIT:
        unblock(walk, e->thread);
        walk->threads -= walk->threads > 1;
        break;
    case TRACE_EXEC:
        walk->n_blocked = 0;
        walk->threads = 1;
        break;
    case TRACE_BLOCK:
        return block(walk, e);
    case TRACE_RESUME:
        unblock(walk, e->thread);
        break;
    case TRACE_STOP:
    case TRACE_CONTINUE:
        walk->stopped = e->kind == TRACE_STOP;
        break;
    case TRACE_DELIVER:
        if (timeline_noticed(e))
            mark(walk, GLYPH_SIGNAL, event);
        break;
    case TRACE_REAP:
        if (e->other >= 0)
            mark(walk, GLYPH_REAPS, event);
        break;
    case TRACE_FAULT:
        mark(walk, GLYPH_FAULT, event);
        break;
    case TRACE_EXIT:
        end(walk, e, event);
        break;
    case TRACE_ORPHAN:
        walk->outsiders = e->other < 0;
        walk->zombie = walk->zombie && !walk->outsiders;
        break;
    default:
        break;
    }
    return 0;
}

static int along(struct walk *walk)
{
    const struct trace *trace = walk->trace;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        bool reaped = e->kind == TRACE_REAP && e->other == walk->proc;
        if (e->proc != walk->proc && !reaped)
            continue;
        spend(walk, i);
        if (reaped)
            walk->zombie = false;
        if (e->proc == walk->proc && own_event(walk, e, i) < 0)
            return -ENOMEM;
    }
    spend(walk, trace->n_events);
    if (walk->alive)
        mark(walk, GLYPH_STILL, trace->n_events);
    return 0;
}

int timeline_walk(const struct trace *trace, int proc, const struct life *life)
{
    struct walk walk = {
        .trace = trace,
        .life = life,
        .proc = proc,
        .outsiders = trace_parent(trace, proc) < 0,
    };
    int rc = along(&walk);
    free(walk.blocked);
    return rc;
}
