/**
 * @file
 * The mark of a submission: its row in the class's table.
 */
#ifndef PROCLAB_CLASSROOM_MARK_H
#define PROCLAB_CLASSROOM_MARK_H

#include <stdbool.h>
#include <stddef.h>

#include "course/course.h"

enum mark_status {
    MARK_PENDING, /**< its turn has not come */
    MARK_GRADED,
    MARK_ERROR,   /**< the grader could not do its work */
    MARK_NOTHING, /**< there is nothing to be graded */
};

struct mark {
    enum mark_status status;
    bool has_result; /**< there is a result, maybe with errors in it */
    int points;      /**< meaningful for MARK_GRADED */
    int max_points;  /**< meaningful with a result */
    char *reason;    /**< owned; valid UTF-8; NULL for MARK_GRADED */
    int *exercises;  /**< owned; points of each, -1: not known; NULL without a
                          result */
};

/**
 * Reads a mark from the bytes of a proclab-result/v1.
 * @param exercises n of them: those that the result must have, in this order
 * @param[out] out to be freed with mark_clear(); set on success only
 * @return 0; -EINVAL these bytes are no such result; -ENOMEM
 */
int mark_read(const char *bytes, size_t len,
              const struct exercise *const *exercises, size_t n,
              struct mark *out);

/** Makes the mark one with nothing but a reason (copied, made UTF-8); without
 * memory for it the reason is NULL. */
void mark_set(struct mark *mark, enum mark_status status, const char *reason);

void mark_clear(struct mark *mark);

/** "pending", "graded", "error", "nothing". */
const char *mark_word(enum mark_status status);

#endif
