/**
 * @file
 * What holds in every trace, whatever the program did.
 */
#ifndef PROCLAB_TESTS_SOUND_H
#define PROCLAB_TESTS_SOUND_H

#include "trace/trace.h"

/**
 * Looks for a contradiction in a trace: a process that is born twice, does
 * something after its end or is reaped before it, a time that goes back, ...
 * Pure: asks nobody but the trace.
 *
 * @return NULL if there is none, or the first one in words: text to be freed
 */
char *trace_contradiction(const struct trace *trace);

#endif
