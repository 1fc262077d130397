/**
 * @file
 * The report as pandoc's document: from a result, and what a student has
 * written, to one tree of text.
 */
#ifndef PROCLAB_REPORT_DOCUMENT_H
#define PROCLAB_REPORT_DOCUMENT_H

#include <jansson.h>

#include "report/figure.h"
#include "report/speedup.h"
#include "report/student.h"
#include "result/result.h"

/** What a report is made of; only read, and all strings are hostile. */
struct report {
    const struct result *result; /**< graded with `samples` for the pictures */
    const char *dir;             /**< the submission: sources and notes */
    struct student student;
    const char *date;            /**< or NULL: nobody said */
    const char *commit;          /**< of the submission, or NULL */
    const char *compiler;        /**< "gcc 12.2.0", or NULL */
    const struct speedup *speedup; /**< or NULL */
    const char *speedup_problem; /**< why there is none, in words behind the
                                      file's name */
    const char *command; /**< that grades alike, typed in the submission:
                              "proclab grade --seed 7" */
    const char *remake;  /**< that makes the report: "proclab report" */
};

/**
 * @param[out] figures get the pictures
 * @return a new reference, or NULL when memory ran out
 */
json_t *document_make(const struct report *report, struct figures *figures);

#endif
