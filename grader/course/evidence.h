/**
 * @file
 * A failure as the result shows it: the words, and the run that shows it.
 */
#ifndef PROCLAB_COURSE_EVIDENCE_H
#define PROCLAB_COURSE_EVIDENCE_H

#include "course/replay.h"
#include "result/result.h"

/** Takes over what a check had to say. @return 0 or -ENOMEM */
int evidence_words(struct check_result *check, const struct judged *judged);

/** Takes over all about a failure, the words too.  @param program "sha256:..."
 * @return 0 or -ENOMEM */
int evidence_take(struct check_result *check, const struct showing *showing,
                  const char *program);

#endif
