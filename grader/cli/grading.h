/**
 * @file
 * Grading as several commands do it: the same options, a bar while it lasts, a
 * message when it cannot be done, nothing left behind by Ctrl-C.
 */
#ifndef PROCLAB_CLI_GRADING_H
#define PROCLAB_CLI_GRADING_H

#include <argp.h>
#include <assert.h>

#include "cli/submission.h"
#include "course/grade.h"

enum { GRADING_SEED = 1 };

/** How to grade, as a command line says it. */
struct grading_options {
    uint64_t seed;
    int schedules; /**< of each scenario */
    int jobs;      /**< at once */
};
/** What is meant where it says nothing. */
struct grading_options grading_usual(void);

/** Rows for a command's table of options.  @param THINGS what is graded, a
 * string literal: "exercises" */
#define GRADING_OPTIONS(THINGS) \
    {"seed", GRADING_KEY_SEED, "N", 0, \
     "draw values and schedules from N (default 1)", 0}, \
    {"schedules", GRADING_KEY_SCHEDULES, "N", 0, \
     "run each scenario under N schedules (default 6)", 0}, \
    {"jobs", GRADING_KEY_JOBS, "N", 0, \
     "grade N " THINGS " at once (default: as many as there are CPUs)", 0}

static_assert(GRADE_SCHEDULES == 6, "the help says so");

/** No command may use these for rows of its own. */
enum { GRADING_KEY_JOBS = 'j', GRADING_KEY_SEED = 512, GRADING_KEY_SCHEDULES };

/** Parses an option of these rows, as argp's parsers do. */
error_t grading_option(int key, const char *arg,
                       const struct argp_state *state,
                       struct grading_options *options);

/** @param submission must outlive the request */
struct grade_request grading_request(const struct submission *submission,
                                     const struct grading_options *options);

/** What to type to grade like this: "proclab grade lab --seed 7".
 * @return to be freed, or NULL when memory ran out */
char *grading_command(const struct grading_options *options, const char *dir);

/**
 * grade() with a bar; says what went wrong.
 * @param[out] result to be freed with result_free(); set on success only
 * @return STATUS_OK or STATUS_FAILED
 */
int grading_run(struct grade_request *request, struct result *result);

#endif
