#include "cli/inject.h"

#include "cli/cli.h"
#include "cli/nearest.h"

static void complain(const struct argp_state *state, const char *rule,
                     const struct fault_mistake *why)
{
    const char *near =
        why->words ? nearest_word(why->part, why->words, why->n_words) : NULL;
    const char *part = why->part[0] ? why->part : "(nothing)";
    if (near)
        argp_error(state, "--inject '%s': %s: %s; did you mean '%s'?", rule,
                   part, why->sentence, near);
    else
        argp_error(state, "--inject '%s': %s: %s", rule, part, why->sentence);
}

void inject_add(const struct argp_state *state, const char *rule,
                struct injected *injected)
{
    struct fault_mistake why;
    if (injected->n == FAULTS_MOST)
        argp_error(state, "--inject: at most %d times", FAULTS_MOST);
    if (fault_parse(rule, &injected->faults[injected->n], &why) < 0)
        complain(state, rule, &why);
    injected->n++;
}
