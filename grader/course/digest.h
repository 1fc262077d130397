/**
 * @file
 * Tells traces apart.
 */
#ifndef PROCLAB_COURSE_DIGEST_H
#define PROCLAB_COURSE_DIGEST_H

#include <nettle/sha2.h>

#include "trace/trace.h"

/** A hash of all that a check can see in a trace: everything but the
 * schedule's decisions. */
void trace_digest(const struct trace *trace,
                  uint8_t digest[static SHA256_DIGEST_SIZE]);

#endif
