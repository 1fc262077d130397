/**
 * @file
 * The compiler's and the linker's remarks as data, with the path that the
 * student knows.
 */
#ifndef PROCLAB_COURSE_DIAGNOSTICS_H
#define PROCLAB_COURSE_DIAGNOSTICS_H

#include "result/result.h"

/** What the linker found missing. */
struct link_problem {
    bool no_main;
    char missing[64]; /**< the first name that is nowhere defined, or "" */
    char twice[64];   /**< the first name that is defined twice, or "" */
};

/**
 * Reads what `gcc -fdiagnostics-format=json` wrote: an array of the
 * compiler's remarks, then plain lines of the linker.
 *
 * Of a file other than the student's only the place is told, not what is
 * written there: it may be any file that can be included.
 * @param exercise "03-killing/cancel_download", whose source was compiled as
 *                 "cancel_download.c"
 * @param[out] result gets the diagnostics, a bounded number
 * @param[out] link what the linker had to say
 * @return 0 or -ENOMEM
 */
int diagnostics_read(const char *output, size_t len, const char *exercise,
                     struct exercise_result *result,
                     struct link_problem *link);

#endif
