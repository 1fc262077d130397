/**
 * @file
 * The rules of `proclab run --inject RULE`.
 */
#ifndef PROCLAB_CLI_INJECT_H
#define PROCLAB_CLI_INJECT_H

#include <argp.h>

#include "observer/fault.h"

struct injected {
    struct fault faults[FAULTS_MOST];
    size_t n;
};

/** Takes the value of the option; ends the program with a usage error that
 * names the wrong part where it makes no sense. */
void inject_add(const struct argp_state *state, const char *rule,
                struct injected *injected);

#endif
