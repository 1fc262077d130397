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

struct text_style {
    int width;
    bool colour, unicode;
    bool one_check;      /**< a single check was asked for: show all of it */
    const char *command; /**< how the grader was called, for the command that
                              shows a failure again: "proclab grade lab" */
};
int result_write_text(const struct result *result, FILE *out,
                      const struct text_style *style);
int result_write_json(const struct result *result, FILE *out);
int result_write_tap(const struct result *result, FILE *out);
int result_write_junit(const struct result *result, FILE *out);

#endif
