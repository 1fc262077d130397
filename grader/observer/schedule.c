#include "observer/schedule.h"

#include <stdio.h>

/* splitmix64 (Steele, Lea and Flood, OOPSLA 2014). */
static uint64_t next_random(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

void schedule_start(struct schedule_state *state, const struct schedule *s)
{
    *state = (struct schedule_state){.schedule = *s, .random = s->seed};
}

/* sign 1: the youngest, -1: the oldest. */
static int extreme(const int *ages, int n, int sign)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (sign * ages[i] > sign * ages[best])
            best = i;
    return best;
}

static int replayed(struct schedule_state *state, enum choice_kind kind,
                    const int *options, int n)
{
    const struct schedule *s = &state->schedule;
    if (state->next < s->n_decisions) {
        const struct trace_decision *d = &s->decisions[state->next++];
        if (d->kind == (int)kind && d->chosen >= 0 && d->chosen < n)
            return d->chosen;
    }
    return extreme(options, n, 1);
}

int schedule_choose(struct schedule_state *state, enum choice_kind kind,
                    const int *options, int n)
{
    if (n < 2)
        return 0;
    switch (state->schedule.kind) {
    case SCHEDULE_PARENT_FIRST:
        return extreme(options, n, -1);
    case SCHEDULE_RANDOM:
        return (int)(next_random(&state->random) % (unsigned)n);
    case SCHEDULE_REPLAY:
        return replayed(state, kind, options, n);
    case SCHEDULE_FREE:
    case SCHEDULE_CHILD_FIRST:
        break;
    }
    return extreme(options, n, 1);
}

const char *schedule_name(const struct schedule *s, char *buffer, size_t size)
{
    static const char *const names[] = {
        [SCHEDULE_CHILD_FIRST] = "child-first",
        [SCHEDULE_PARENT_FIRST] = "parent-first",
        [SCHEDULE_REPLAY] = "replay",
        [SCHEDULE_FREE] = "free",
    };
    if (s->kind == SCHEDULE_RANDOM)
        snprintf(buffer, size, "seed %llu", (unsigned long long)s->seed);
    else
        snprintf(buffer, size, "%s", names[s->kind]);
    return buffer;
}
