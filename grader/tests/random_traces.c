#include "tests/random_traces.h"

#include <stdlib.h>
#include <string.h>

#include "course/draw.h"

static uint64_t draw(uint64_t *state)
{
    return *state = draw_mix(*state);
}

int below(uint64_t *state, int n)
{
    return (int)(draw(state) % (uint64_t)n);
}

/* Anyone, those outside the tree included. */
static int some_actor(uint64_t *state, int born)
{
    return below(state, born + 4) - 4;
}

static void fill_text(uint64_t *state, struct trace_event *e)
{
    if (below(state, 3) == 0)
        return;
    bool ascii = below(state, 2) == 0;
    e->len = (size_t)below(state, 40);
    e->text = malloc(e->len + 1);
    for (size_t i = 0; i < e->len; i++)
        e->text[i] = (char)(ascii ? 1 + below(state, 127) : below(state, 256));
    e->text[e->len] = '\0';
}

static void fill_facts(uint64_t *state, struct trace_event *e, int born)
{
    size_t n = (size_t)below(state, 5);
    e->facts = calloc(1, sizeof *e->facts);
    e->facts->parent = some_actor(state, born);
    e->facts->umask = (int)draw(state);
    e->facts->blocked = draw(state);
    e->facts->command = below(state, 2) ? strdup("./x y") : NULL;
    e->facts->cwd = e->text ? strdup(e->text) : NULL;
    e->facts->descriptors = calloc(n + 1, sizeof *e->facts->descriptors);
    e->facts->n_descriptors = n;
    for (size_t i = 0; i < n; i++)
        e->facts->descriptors[i] = (struct trace_descriptor){
            .number = below(state, 99),
            .object = (enum trace_object)below(state, TRACE_ANONYMOUS + 1),
            .access = below(state, 4),
            .ordinal = (int)draw(state),
            .path = below(state, 2) ? strdup("/x") : NULL,
        };
}

static void fill_event(uint64_t *state, struct trace_event *e, int *born)
{
    *e = (struct trace_event){
        .t_ns = (int64_t)draw(state) >> below(state, 64),
        .kind = *born ? (enum trace_kind)below(state, TRACE_KINDS) : TRACE_BORN,
        .other = some_actor(state, *born),
        .thread = below(state, 3),
        .a = (int64_t)draw(state) >> below(state, 64),
        .b = below(state, 2) ? (int64_t)draw(state) : below(state, 5),
        .pc = draw(state) >> below(state, 64),
    };
    e->proc = e->kind == TRACE_BORN ? (*born)++ : some_actor(state, *born);
    fill_text(state, e);
    if (e->kind == TRACE_FACTS)
        fill_facts(state, e, *born);
}

struct trace *random_trace(uint64_t *state)
{
    struct trace *trace = calloc(1, sizeof *trace);
    int born = 0, n = below(state, 60), decisions = below(state, 20);
    trace->outcome = (enum trace_outcome)below(state, TRACE_LIMIT_WALL + 1);
    trace->exact = below(state, 2);
    trace->honest_clock = below(state, 2);
    trace->end_ns = (int64_t)draw(state) >> below(state, 64);
    trace->events = calloc((size_t)n + 1, sizeof *trace->events);
    for (int i = 0; i < n; i++)
        fill_event(state, &trace->events[i], &born);
    trace->n_events = (size_t)n;
    trace->decisions = calloc((size_t)decisions + 1, sizeof *trace->decisions);
    for (int i = 0; i < decisions; i++) {
        int options = 2 + below(state, 9);
        trace->decisions[i] = (struct trace_decision){
            .kind = below(state, 9),
            .options = options,
            .chosen = below(state, options),
            .usual = below(state, options),
            .event = (size_t)below(state, n + 1),
            .proc = some_actor(state, born),
            .other = some_actor(state, born),
        };
    }
    trace->n_decisions = (size_t)decisions;
    return trace;
}

void broken_event(unsigned *seed, struct trace_event *e)
{
    static const int64_t second = INT64_C(1000000000);
    const int64_t times[] = {0, 1, second, -second, INT64_MAX, INT64_MIN, 5, 77};
    *e = (struct trace_event){
        .t_ns = times[rand_r(seed) % 8],
        .kind = (enum trace_kind)(rand_r(seed) % (TRACE_KINDS + 1)),
        .proc = rand_r(seed) % 9 - 4,
        .thread = rand_r(seed) % 4 - 1,
        .other = rand_r(seed) % 9 - 4,
        .a = times[rand_r(seed) % 8],
        .b = times[rand_r(seed) % 8],
    };
}
