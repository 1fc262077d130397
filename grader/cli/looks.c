#include "cli/looks.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static void add_time(const struct argp_state *state, int64_t at_ns,
                     struct looks *looks)
{
    size_t i = looks->n;
    if (i == LOOKS_MOST)
        argp_error(state, "--look: at most %d times", LOOKS_MOST);
    looks->n++;
    for (; i > 0 && looks->at_ns[i - 1] > at_ns; i--)
        looks->at_ns[i] = looks->at_ns[i - 1];
    looks->at_ns[i] = at_ns;
}

void looks_add(const struct argp_state *state, const char *when,
               struct looks *looks)
{
    if (strcmp(when, "exec") == 0)
        looks->at_exec = true;
    else if (strcmp(when, "exit") == 0)
        looks->at_exit = true;
    else if (!isdigit((unsigned char)when[0]))
        argp_error(state, "--look '%s': give a time such as 5s, exec or exit",
                   when);
    else
        add_time(state, option_duration(state, "--look", when), looks);
}

int looks_merge(const struct looks *looks, const struct observe_step *steps,
                size_t n, struct observe_step **out)
{
    struct observe_step *all = calloc(n + looks->n + 1, sizeof *all);
    size_t taken = 0;
    if (!all)
        return -ENOMEM;
    for (size_t i = 0; i < looks->n; i++) {
        for (; taken < n && steps[taken].at_ns <= looks->at_ns[i]; taken++)
            all[taken + i] = steps[taken];
        all[taken + i] = (struct observe_step){.at_ns = looks->at_ns[i],
                                               .kind = OBSERVE_LOOK};
    }
    for (; taken < n; taken++)
        all[taken + looks->n] = steps[taken];
    *out = all;
    return 0;
}
