/**
 * @file
 * What `proclab doctor` tries: pieces of the system that a grading stands on.
 */
#ifndef PROCLAB_CLI_PROBES_H
#define PROCLAB_CLI_PROBES_H

#include <stdbool.h>
#include <stddef.h>

struct probe {
    const char *name;
    /** Whether without it nothing can be graded, however well the rest
     * works.  The others explain why one of these fails. */
    bool decides;
    /** Tries it.  @param[out] seen what was found, for people; "" if there is
     * nothing to say.  @return whether it works */
    bool (*try)(char *seen, size_t size);
    const char *means;  /**< what does not work without it */
    const char *remedy; /**< what to do about it */
};

/** All probes in the order in which they are tried. @param[out] n how many */
const struct probe *probes(size_t *n);

#endif
