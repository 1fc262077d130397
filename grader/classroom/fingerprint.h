/**
 * @file
 * What the result of a submission depends on, as one hash.
 */
#ifndef PROCLAB_CLASSROOM_FINGERPRINT_H
#define PROCLAB_CLASSROOM_FINGERPRINT_H

#include "course/grade.h"
#include "course/hash.h"

/**
 * Hashes what intake_source() makes of each exercise's file, the submission's
 * name, seed, schedules, course and version: two equal ones have equal
 * results on the same machine.
 *
 * @param[out] text "sha256:..."; set on success only
 * @return 0; -Exxx the submission or a file in it cannot be read; -ENOMEM
 */
int fingerprint_make(const struct grade_request *request,
                     char text[static HASH_TEXT]);

#endif
