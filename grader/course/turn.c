#include "course/turn.h"

#include <string.h>

#include "observer/schedule.h"

static bool is_quiet(enum trace_kind kind)
{
    return kind == TRACE_FACTS || kind == TRACE_ORPHAN ||
           kind == TRACE_RESUME || kind == TRACE_CONTINUE;
}

/* A birth is its parent's deed. */
static bool is_deed_of(const struct trace_event *e, int proc)
{
    return !is_quiet(e->kind) &&
           (e->kind == TRACE_BORN ? e->other : e->proc) == proc;
}

/* The first thing that a process does from an event on, or n_events. */
static size_t next_deed(const struct trace *trace, int proc, size_t from)
{
    size_t i = from;
    while (i < trace->n_events && !is_deed_of(&trace->events[i], proc))
        i++;
    return i;
}

/* Whether it was born, but has done nothing yet. */
static bool is_newborn(const struct trace *trace, int proc, size_t at)
{
    size_t first = next_deed(trace, proc, 0);
    return proc > 0 && first >= at;
}

static const char *say_wait(struct text *text, const struct trace_event *e)
{
    if (e->a == TRACE_WAIT_SLEEP)
        return "sleeps";
    if (!e->text)
        return "waits";
    return tell(text, "waits in %.60s", e->text);
}

static const char *say_signal(struct text *text, const struct run *run,
                              const struct trace_event *e)
{
    struct text name, who;
    return tell(text, "sends %s to %s", tell_signal(&name, (int)e->a),
                tell_who(&who, run, e->other));
}

static const char *say_about(struct text *text, const char *verb,
                             const struct run *run, int proc)
{
    struct text who;
    return tell(text, "%s %s", verb, tell_who(&who, run, proc));
}

static const char *say_of_signal(struct text *text, const char *format,
                                 int64_t signal)
{
    struct text name;
    tell(text, "%s ", format);
    return tell_more(text, "%s", tell_signal(&name, (int)signal));
}

static const char *say_write(struct text *text, const struct trace_event *e)
{
    struct text line;
    size_t n = e->text ? strcspn(e->text, "\n") : 0;
    return tell(text, "writes %s", tell_quoted(&line, e->text, n));
}

static const char *say_deed(struct text *text, const struct run *run,
                            const struct trace_event *e)
{
    switch (e->kind) {
    case TRACE_BORN:
        return say_about(text, "starts", run, e->proc);
    case TRACE_REAP:
        return say_about(text, "reaps", run, e->other);
    case TRACE_SIGNAL:
        return say_signal(text, run, e);
    case TRACE_DELIVER:
        return say_of_signal(text, "gets", e->a);
    case TRACE_HANDLER:
        return say_of_signal(text, "sets what it does on", e->a);
    case TRACE_EXIT:
        return e->b ? say_of_signal(text, "is killed by", e->b) : "ends";
    case TRACE_BLOCK:
        return say_wait(text, e);
    case TRACE_WRITE:
        return say_write(text, e);
    case TRACE_READ:
        return "reads its input";
    case TRACE_EXEC:
        return "is in its new program";
    case TRACE_NAME:
        return tell(text, "is called \"%.15s\"", e->text ? e->text : "");
    case TRACE_THREAD:
        return "starts a thread";
    case TRACE_CALL:
        return tell(text, "calls %.60s", e->text ? e->text : "");
    default:
        return "goes on";
    }
}

/* A deed of who went first counts if it came before the other one's. */
static const char *tell_run(struct text *text, const struct run *run,
                            const struct trace_decision *d)
{
    const struct trace *trace = run->trace;
    struct text first, second, deed, later;
    size_t i = next_deed(trace, d->proc, d->event);
    size_t j = next_deed(trace, d->other, d->event);
    tell_who(&first, run, d->proc);
    tell_who(&second, run, d->other);
    const char *does =
        i < j ? say_deed(&deed, run, &trace->events[i]) : "goes on";
    if (is_newborn(trace, d->other, d->event))
        return tell(text, "%s %s before %s has begun", first.s, does,
                    second.s);
    if (i < j && j < trace->n_events)
        return tell(text, "%s %s before %s %s", first.s, does, second.s,
                    say_deed(&later, run, &trace->events[j]));
    return tell(text, "%s goes on before %s does", first.s, second.s);
}

static const char *tell_wake(struct text *text, const struct run *run,
                             const struct trace_decision *d)
{
    struct text first, second, at;
    const struct trace *trace = run->trace;
    int64_t ns = d->event < trace->n_events ? trace->events[d->event].t_ns
                                            : trace->end_ns;
    return tell(text, "at %s, when both are due, %s comes before %s",
                tell_time(&at, ns), tell_who(&first, run, d->proc),
                tell_who(&second, run, d->other));
}

/* When it could have gone on, and what it did in the end. */
static const char *tell_hold(struct text *text, const struct run *run,
                             const struct trace_decision *d)
{
    struct text who, deed, from, to;
    const struct trace *trace = run->trace;
    size_t next = next_deed(trace, d->proc, d->event);
    tell(text, "%s could go on at %s, but gets no CPU",
         tell_who(&who, run, d->proc),
         tell_time(&from, d->event ? trace->events[d->event - 1].t_ns : 0));
    if (next == trace->n_events)
        return text->s;
    const struct trace_event *e = &trace->events[next];
    return tell_more(text, " until it %s at %s", say_deed(&deed, run, e),
                     tell_time(&to, e->t_ns));
}

const char *tell_turn(struct text *text, const struct run *run,
                      const struct trace_decision *d)
{
    struct text who;
    if (d->kind == CHOICE_HOLD)
        return tell_hold(text, run, d);
    if (d->proc == d->other)
        return tell(text, "another thread of %s goes first",
                    tell_who(&who, run, d->proc));
    if (d->kind == CHOICE_WAKE)
        return tell_wake(text, run, d);
    return tell_run(text, run, d);
}
