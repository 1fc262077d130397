/**
 * @file
 * The moments of `proclab run --look WHEN`.
 */
#ifndef PROCLAB_CLI_LOOKS_H
#define PROCLAB_CLI_LOOKS_H

#include <argp.h>

#include "observer/observe.h"

enum { LOOKS_MOST = 64 };

struct looks {
    int64_t at_ns[LOOKS_MOST]; /**< in order */
    size_t n;
    bool at_exec, at_exit;
};

/** Takes the value of the option: a time, "exec" or "exit"; ends the program
 * with a usage error where it is none of these. */
void looks_add(const struct argp_state *state, const char *when,
               struct looks *looks);

/**
 * Puts looks between the steps of a script, behind those of the same time.
 * @param[out] out steps->n + looks->n of them, to be freed with free()
 * @return 0 or -ENOMEM
 */
int looks_merge(const struct looks *looks, const struct observe_step *steps,
                size_t n, struct observe_step **out);

#endif
