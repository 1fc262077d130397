/**
 * @file
 * What `proclab doctor` tries: pieces of the system that a grading stands on.
 */
#ifndef PROCLAB_CLI_PROBES_H
#define PROCLAB_CLI_PROBES_H

#include <stdbool.h>
#include <stddef.h>

enum probe_weight {
    PROBE_DECIDES,  /**< without it nothing can be graded */
    PROBE_EXPLAINS, /**< why one of these fails */
    PROBE_EXTRA,    /**< something else than grading needs it */
};

/** What a probe found. */
struct finding {
    char seen[320];   /**< for people; "" if there is nothing to say */
    char remedy[320]; /**< what to do here; "": the probe's own remedy */
};

struct probe {
    const char *name;
    enum probe_weight weight;
    /** @return whether it works */
    bool (*try)(struct finding *finding);
    const char *whom;   /**< who is concerned */
    const char *means;  /**< what does not work without it */
    const char *remedy; /**< one command; NULL: the finding tells it */
};

/** All probes in the order in which they are tried. @param[out] n how many */
const struct probe *probes(size_t *n);

#endif
