#include "tests/observed.h"

#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/json.h"

void observed_init(struct observed *run, const char *name)
{
    *run = (struct observed){.program = subject_program(name)};
    if (!run->program)
        ck_abort_msg("%s is not built; see `make subjects`", name);
    snprintf(run->name, sizeof run->name, "./%s", name);
    run->argv[0] = run->name;
    run->request = (struct observe_request){
        .argv = run->argv,
        .program = run->program,
        .world = OBSERVE_GRADE,
        .schedule = {.kind = SCHEDULE_CHILD_FIRST},
        .seed = 1,
    };
}

void observed_outside(struct observed *run)
{
    run->argv[0] = run->program;
    run->request.world = OBSERVE_RUN;
}

struct trace *observed_trace(struct observed *run)
{
    struct trace *trace = NULL;
    const char *why = "no reason given";
    int r = observe(&run->request, &trace, &why);
    if (r != 0)
        ck_abort_msg("observe(%s): %s (%s)", run->name, strerror(-r), why);
    free(run->program);
    run->program = NULL;
    return trace;
}

struct trace *observed_subject(const char *name)
{
    struct observed run;
    observed_init(&run, name);
    return observed_trace(&run);
}

struct ending observed_ending(const struct trace *trace)
{
    struct ending ending = {0};
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_WRITE)
            ending_add(&ending, (int)e->a, e->text, e->len);
    }
    struct trace_end end = trace_end_of(trace, 0);
    ending.code = end.code;
    ending.signal = end.ended ? end.signal : -1;
    return ending;
}

char *observed_json(const struct trace *trace)
{
    json_t *json = trace_to_json(trace);
    char *events = json_dumps(json_object_get(json, "events"), JSON_INDENT(1));
    char *whole = json_dumps(json, JSON_SORT_KEYS), *text = NULL;
    if (!events || !whole || asprintf(&text, "%s%s", events, whole) == -1)
        ck_abort_msg("no JSON of a trace");
    json_decref(json);
    free(events);
    free(whole);
    return text;
}

const struct trace_event *observed_event(const struct trace *trace,
                                         enum trace_kind kind, int proc,
                                         int64_t a)
{
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == kind && (proc == TRACE_NOBODY || e->proc == proc) &&
            (a == OBSERVED_ANY || e->a == a))
            return e;
    }
    return NULL;
}

const struct trace_event *observed_waiting(const struct trace *trace, int proc,
                                           int thread)
{
    const struct trace_event *last = NULL;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->proc != proc || e->thread != thread)
            continue;
        if (e->kind == TRACE_BLOCK)
            last = e;
        else if (e->kind == TRACE_RESUME)
            last = NULL;
    }
    return last;
}
