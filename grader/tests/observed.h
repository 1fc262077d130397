/**
 * @file
 * Observed runs of subjects, for tests; what goes wrong in the observer itself
 * fails the Check test that runs.
 */
#ifndef PROCLAB_TESTS_OBSERVED_H
#define PROCLAB_TESTS_OBSERVED_H

#include "observer/observe.h"
#include "tests/subject_list.h"
#include "trace/query.h"

/** A request with the memory that it points to; do not copy it. */
struct observed {
    struct observe_request request;
    const char *argv[8];
    char name[64];
    char *program;
};

/**
 * Asks for a subject in OBSERVE_GRADE, child-first; the rest is to be set in
 * `request`, more arguments in `argv`.
 */
void observed_init(struct observed *run, const char *name);

/** Makes it a run in OBSERVE_RUN. */
void observed_outside(struct observed *run);

/** Observes and frees the request's memory. @return to be freed by
 * trace_free() */
struct trace *observed_trace(struct observed *run);

/** observed_trace() of a subject as it is. */
struct trace *observed_subject(const char *name);

/** What the first process and its descendants printed and how it ended; to be
 * freed by ending_free(). */
struct ending observed_ending(const struct trace *trace);

/** The trace as JSON text, its events first, so that it is they that are seen
 * to differ; to be freed. */
char *observed_json(const struct trace *trace);

/** The first event of this kind by proc (TRACE_NOBODY: by anyone) with this a
 * (OBSERVED_ANY: any), or NULL. */
#define OBSERVED_ANY INT64_MIN
const struct trace_event *observed_event(const struct trace *trace,
                                         enum trace_kind kind, int proc,
                                         int64_t a);

/** The last BLOCK of a thread; NULL when its call came back or it ended. */
const struct trace_event *observed_waiting(const struct trace *trace, int proc,
                                           int thread);

#endif
