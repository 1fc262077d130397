/**
 * @file
 * Random traces that follow the rules of trace.h and make no sense.
 */
#ifndef PROCLAB_TESTS_RANDOM_TRACES_H
#define PROCLAB_TESTS_RANDOM_TRACES_H

#include "trace/trace.h"

/** A number from 0 to n - 1. @param state a seed at first */
int below(uint64_t *state, int n);

/** @return a trace to be freed with trace_free() */
struct trace *random_trace(uint64_t *state);

/** An event of numbers that nothing promises anything about, without text.
 * @param seed of rand_r(3) */
void broken_event(unsigned *seed, struct trace_event *e);

#endif
