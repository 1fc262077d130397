/**
 * @file
 * Runs of scripts (generate.h), native and observed.
 */
#ifndef PROCLAB_TESTS_SOAK_SCRIPT_H
#define PROCLAB_TESTS_SOAK_SCRIPT_H

#include <stddef.h>

#include "observer/observe.h"

/** A script and what it natively prints. */
struct script_case {
    char *script;
    char *native; /**< script_words() of the native runs that agree; NULL:
                       they do not */
    int unit_ms;  /**< of those runs */
};
void script_case_free(struct script_case *c);

/**
 * Observes the interpreter with a script.
 * @return as observe()
 */
int script_observe(const char *script, const struct schedule *schedule,
                   struct trace **out, const char **why);

/** What a run printed, the lines sorted by process, and how it ended: what two
 * runs of a determined script have in common.  @return text to be freed */
char *script_words(const struct trace *trace);

/**
 * Runs scripts natively, several at a time, three times each; those that do
 * not come out twice the same once more, with longer units.
 *
 * @param dir where directories of the runs are made
 * @return 0 or -Exxx
 */
int script_oracle(struct script_case *cases, size_t n, const char *dir);

/**
 * Whether a script can also natively come out like this: as a difference may
 * be a native run's, which a loaded machine held up.
 *
 * @return 1, 0 or -Exxx
 */
int script_natively_possible(const char *script, const char *words,
                             const char *dir);

#endif
