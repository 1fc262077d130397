#include "observer/schedule.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>

void schedule_start(struct schedule_state *state, const struct schedule *s)
{
    *state = (struct schedule_state){
        .schedule = *s, .random = s->seed, .victim = NO_VICTIM};
    pct_start(&state->pct, s->seed);
}

/* Whether a task is to be preferred to another: nobody is woken, and the victim
 * does not run, while there is another way.
 * @param sign 1: the younger, -1: the older */
static bool is_before(const struct schedule_option *a,
                      const struct schedule_option *b, int sign, int victim)
{
    if ((a->proc == victim) != (b->proc == victim))
        return b->proc == victim;
    if (a->asleep != b->asleep)
        return b->asleep;
    return sign * a->age > sign * b->age;
}

static int extreme(const struct schedule_option *options, int n, int sign,
                   int victim)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (is_before(&options[i], &options[best], sign, victim))
            best = i;
    return best;
}

int schedule_usual(enum choice_kind kind,
                   const struct schedule_option *options, int n)
{
    return kind == CHOICE_HOLD ? 0 : extreme(options, n, 1, NO_VICTIM);
}

static int starve(const struct schedule_state *state, enum choice_kind kind,
                  const struct schedule_option *options, int n)
{
    if (kind == CHOICE_HOLD)
        return options[0].proc == state->victim;
    return extreme(options, n, 1, state->victim);
}

static int by_strategy(struct schedule_state *state, enum choice_kind kind,
                       const struct schedule_option *options, int n)
{
    if (state->schedule.kind == SCHEDULE_STARVE)
        return starve(state, kind, options, n);
    if (kind == CHOICE_HOLD)
        return schedule_usual(kind, options, n);
    switch (state->schedule.kind) {
    case SCHEDULE_PARENT_FIRST:
        return extreme(options, n, -1, NO_VICTIM);
    case SCHEDULE_RANDOM:
        return (int)(random_next(&state->random) % (unsigned)n);
    case SCHEDULE_PCT:
        return pct_choose(&state->pct, options, n);
    case SCHEDULE_FREE:
    case SCHEDULE_STARVE:
    case SCHEDULE_CHILD_FIRST:
        break;
    }
    return schedule_usual(kind, options, n);
}

/* What is forced at this decision, or -1. */
static int forced_at(struct schedule_state *state, size_t at, int n)
{
    const struct schedule *s = &state->schedule;
    int chosen = -1;
    for (; state->next < s->n_forced && s->forced[state->next].at <= at;
         state->next++)
        if (s->forced[state->next].at == at)
            chosen = s->forced[state->next].chosen;
    return chosen < n ? chosen : -1;
}

/* The strategy is asked also where the answer is forced: what it draws for the
 * other decisions does not depend on that. */
int schedule_choose(struct schedule_state *state, enum choice_kind kind,
                    const struct schedule_option *options, int n)
{
    if (n < 2)
        return 0;
    int chosen = by_strategy(state, kind, options, n);
    int other = forced_at(state, state->taken++, n);
    return other >= 0 ? other : chosen;
}

int schedule_of_trace(const struct trace *trace,
                      struct schedule_forced **forced, size_t *n)
{
    size_t m = 0;
    struct schedule_forced *list =
        calloc(trace->n_decisions + 1, sizeof *list);
    if (!list)
        return -ENOMEM;
    for (size_t i = 0; i < trace->n_decisions; i++)
        if (trace->decisions[i].chosen != trace->decisions[i].usual)
            list[m++] = (struct schedule_forced){
                i, trace->decisions[i].chosen};
    *forced = list;
    *n = m;
    return 0;
}

const char *schedule_name(const struct schedule *s, char *buffer, size_t size)
{
    static const char *const names[] = {
        [SCHEDULE_CHILD_FIRST] = "child-first",
        [SCHEDULE_PARENT_FIRST] = "parent-first",
        [SCHEDULE_FREE] = "free",
    };
    if (s->kind == SCHEDULE_RANDOM || s->kind == SCHEDULE_PCT)
        snprintf(buffer, size, "%s %llu",
                 s->kind == SCHEDULE_PCT ? "pct" : "seed",
                 (unsigned long long)s->seed);
    else if (s->kind == SCHEDULE_STARVE)
        snprintf(buffer, size, "starve:%s", s->victim);
    else
        snprintf(buffer, size, "%s", names[s->kind]);
    return buffer;
}
