#include "observer/schedule.h"

uint64_t random_next(uint64_t *state)
{
    uint64_t z = *state += 0x9e3779b97f4a7c15U;
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9U;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebU;
    return z ^ (z >> 31);
}

/* Short lengths leave most of a run to plain chance, long ones to priorities:
 * 4, 8, ..., 128 steps. */
void pct_start(struct pct *pct, uint64_t seed)
{
    enum { SHORTEST = 4, DOUBLINGS = 6 };
    *pct = (struct pct){.seed = seed, .random = seed};
    pct->length = (size_t)SHORTEST << random_next(&pct->random) % DOUBLINGS;
    pct->n_changes = (int)(random_next(&pct->random) % (PCT_CHANGES + 1));
    for (int i = 0; i < pct->n_changes; i++)
        pct->change[i] = random_next(&pct->random) % pct->length;
}

/* Whoever lost its priority comes behind all who did not. */
static uint64_t priority(const struct pct *pct, int age)
{
    const uint64_t upper = UINT64_C(1) << 63;
    uint64_t random =
        pct->seed ^ (uint64_t)(unsigned)age * UINT64_C(0xd1342543de82ef95);
    uint64_t p = random_next(&random) | upper;
    for (int i = 0; i < pct->n_lowered; i++)
        if (pct->lowered[i] == age)
            p = random_next(&random) & ~upper;
    return p;
}

static int highest(const struct pct *pct, const struct schedule_option *options,
                   int n)
{
    int best = 0;
    for (int i = 1; i < n; i++)
        if (priority(pct, options[i].age) > priority(pct, options[best].age))
            best = i;
    return best;
}

int pct_choose(struct pct *pct, const struct schedule_option *options, int n)
{
    size_t step = pct->step++;
    if (step >= pct->length)
        return (int)(random_next(&pct->random) % (unsigned)n);
    for (int i = 0; i < pct->n_changes; i++)
        if (pct->change[i] == step)
            pct->lowered[pct->n_lowered++] =
                options[highest(pct, options, n)].age;
    return highest(pct, options, n);
}
