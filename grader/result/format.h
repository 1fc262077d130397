/**
 * @file
 * A result in the forms that people and machines read.  Each function writes
 * to `out` and returns 0, -EIO when writing failed, or -ENOMEM.
 */
#ifndef PROCLAB_RESULT_FORMAT_H
#define PROCLAB_RESULT_FORMAT_H

#include "result/result.h"

/** proclab-result/v1; a new reference or NULL. */
json_t *result_to_json(const struct result *result);
/** One of its exercises; a new reference or NULL. */
json_t *exercise_to_json(const struct exercise_result *exercise);

/**
 * Reads proclab-result/v1: the inverse of result_to_json().
 * @param json kept (by a reference) as long as the result
 * @param[out] out to be freed with result_free(); set on success only
 * @param[out] why on -EINVAL what is wrong, for people (static); may be NULL
 * @return 0; -EINVAL not such a result; -ENOMEM
 */
int result_from_json(json_t *json, struct result *out, const char **why);
/** The same for one exercise; json must outlive it. */
int exercise_from_json(const json_t *json, struct exercise_result *out,
                       const char **why);

struct text_style {
    int width;
    bool colour, unicode;
    bool one_check;      /**< a single check was asked for: show all of it */
    bool replayed;       /**< the run that shows its failure is seen, too */
    const char *command; /**< how the grader was called, for the command that
                              shows a failure again: "proclab grade lab" */
    /** Whether a program, "sha256:...", is still an exercise's starter: while
     * there is something else to do, that is told in the totals alone. NULL:
     * all are told of. */
    bool (*untouched)(const char *exercise, const char *program);
};
int result_write_text(const struct result *result, FILE *out,
                      const struct text_style *style);
int result_write_json(const struct result *result, FILE *out);
int result_write_tap(const struct result *result, FILE *out);
int result_write_junit(const struct result *result, FILE *out);

#endif
