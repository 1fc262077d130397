/**
 * @file
 * A decision of the schedule in words: "main ends before process 1.2 has
 * begun".
 */
#ifndef PROCLAB_COURSE_TURN_H
#define PROCLAB_COURSE_TURN_H

#include "course/tell.h"

/**
 * Says what came first and before what: the processes that the decision is
 * about and, from the trace, what each of them did next.
 * @param decision one of run->trace
 * @return text's string
 */
const char *tell_turn(struct text *text, const struct run *run,
                      const struct trace_decision *decision);

#endif
