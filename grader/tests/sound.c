#include "tests/sound.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"

enum { THREADS = 64 };

struct life {
    bool born, ended, reaped, stopped;
    int64_t pid;
    bool blocked[THREADS]; /* threads beyond these are not looked at */
};

struct reading {
    const struct trace *trace;
    const struct trace_event *e;
    struct life *life; /* by number, room for every birth */
    int born;
};

static bool is_process(int proc)
{
    return proc >= 0;
}

static bool exists(const struct reading *r, int proc)
{
    return proc < r->born && !r->life[proc].reaped;
}

static bool lives(const struct reading *r, int proc)
{
    return proc < r->born && !r->life[proc].ended;
}

/* Of processes whose ends are not over yet no two have the same pid. */
static bool pid_is_taken(const struct reading *r, int64_t pid)
{
    for (int i = 0; i < r->born; i++)
        if (!r->life[i].reaped && r->life[i].pid == pid)
            return true;
    return false;
}

static const char *at_birth(struct reading *r)
{
    const struct trace_event *e = r->e;
    if (e->proc != r->born)
        return e->proc < r->born ? "is born twice" : "is not born in order";
    if (is_process(e->other) && !lives(r, e->other))
        return "is born of a process that does not live";
    if (!is_process(e->other) && e->other != TRACE_OUTSIDE)
        return "has no parent";
    if (pid_is_taken(r, e->b))
        return "has the pid of another process";
    r->life[r->born++] = (struct life){.born = true, .pid = e->b};
    return NULL;
}

static const char *at_exit(struct reading *r)
{
    if (r->e->a != 0 && r->e->b != 0)
        return "both exits and is killed";
    r->life[r->e->proc].ended = true;
    return NULL;
}

static const char *at_reaping(struct reading *r)
{
    int who = r->e->other;
    if (!is_process(who) || who >= r->born)
        return "reaps nobody";
    if (!r->life[who].ended)
        return "reaps a process that has not ended";
    if (r->life[who].reaped)
        return "reaps a process twice";
    r->life[who].reaped = true;
    return NULL;
}

static const char *at_stop(struct reading *r, bool stopped)
{
    struct life *life = &r->life[r->e->proc];
    if (life->stopped == stopped)
        return stopped ? "stops twice" : "goes on without a stop";
    life->stopped = stopped;
    return NULL;
}

static const char *at_block(struct reading *r, bool blocked)
{
    int thread = r->e->thread;
    if (thread < 0 || thread >= THREADS)
        return NULL;
    bool *now = &r->life[r->e->proc].blocked[thread];
    if (*now == blocked)
        return blocked ? "blocks twice" : "resumes without having blocked";
    *now = blocked;
    return NULL;
}

static const char *by_kind(struct reading *r)
{
    switch (r->e->kind) {
    case TRACE_EXIT:
        return at_exit(r);
    case TRACE_REAP:
        return at_reaping(r);
    case TRACE_STOP:
    case TRACE_CONTINUE:
        return at_stop(r, r->e->kind == TRACE_STOP);
    case TRACE_EXEC: /* no thread of before comes back from its call */
        memset(r->life[r->e->proc].blocked, 0,
               sizeof r->life[r->e->proc].blocked);
        return NULL;
    case TRACE_BLOCK:
    case TRACE_RESUME:
        return at_block(r, r->e->kind == TRACE_BLOCK);
    default:
        return NULL;
    }
}

/* A zombie can still lose its parent; and output that came by calls which the
 * observer does not see is found at the end of the run. */
static const char *at_event(struct reading *r)
{
    const struct trace_event *e = r->e;
    if (e > r->trace->events && e->t_ns < e[-1].t_ns)
        return "goes back in time";
    if (e->kind == TRACE_BORN)
        return at_birth(r);
    if (is_process(e->proc) && e->proc >= r->born)
        return "acts before its birth";
    if (is_process(e->other) && e->other >= r->born)
        return "meets a process that is not born yet";
    if (!is_process(e->proc))
        return e->kind == TRACE_REAP ? by_kind(r) : NULL;
    if (e->kind == TRACE_ORPHAN)
        return exists(r, e->proc) ? NULL : "is an orphan after its end";
    if (!lives(r, e->proc) && e->kind != TRACE_WRITE)
        return "acts after its end";
    return by_kind(r);
}

static char *in_words(const struct reading *r, const char *what)
{
    char *text, label[64];
    const struct trace_event *e = r->e;
    if (asprintf(&text, "event %td (%s) at %lld ns: process %d (%s) %s",
                 e - r->trace->events, trace_kind_name(e->kind),
                 (long long)e->t_ns, e->proc,
                 is_process(e->proc)
                     ? trace_place(r->trace, e->proc, label, sizeof label)
                     : "none of the program's",
                 what) < 0)
        abort();
    return text;
}

/* What the outcome says of who is left. */
static char *at_end(const struct reading *r)
{
    int living = 0;
    char *text = NULL;
    for (int i = 0; i < r->born; i++)
        living += !r->life[i].ended;
    enum trace_outcome how = r->trace->outcome;
    if ((how == TRACE_ENDED && living > 0) ||
        (how == TRACE_DEADLOCK && living == 0 && r->born > 0))
        if (asprintf(&text, "outcome \"%s\" with %d living processes",
                     trace_outcome_name(how), living) < 0)
            abort();
    size_t n = r->trace->n_events;
    if (!text && n > 0 && r->trace->end_ns < r->trace->events[n - 1].t_ns)
        text = strdup("the run is over before its last event");
    return text;
}

char *trace_contradiction(const struct trace *trace)
{
    struct reading r = {.trace = trace};
    const char *what = NULL;
    size_t births = 0;
    for (size_t i = 0; i < trace->n_events; i++)
        births += trace->events[i].kind == TRACE_BORN;
    r.life = calloc(births + 1, sizeof *r.life);
    if (!r.life)
        abort();
    for (size_t i = 0; i < trace->n_events && !what; i++) {
        r.e = &trace->events[i];
        what = at_event(&r);
    }
    char *text = what ? in_words(&r, what) : at_end(&r);
    free(r.life);
    return text;
}
