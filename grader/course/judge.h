/**
 * @file
 * Judges one check over recorded runs, as a Check test: in a process of its
 * own, with a time limit.  What it has to say comes back through shared
 * memory, as Check's own messages are short.
 */
#ifndef PROCLAB_COURSE_JUDGE_H
#define PROCLAB_COURSE_JUDGE_H

#include "course/course.h"
#include "result/result.h"

/** Bytes of a part of a message, with its final NUL. */
enum { JUDGE_TEXT = 2048 };

/** What became of a check. */
struct judged {
    enum verdict verdict; /**< pass, fail or error */
    int run;              /**< fail: index of the run; else -1 */
    int judged;           /**< how many runs were looked at */
    size_t event;         /**< fail: the event that it is about, counted from
                               1; 0: none */
    char expected[JUDGE_TEXT], seen[JUDGE_TEXT], where[JUDGE_TEXT];
                          /**< "" where there is none; of an error, `seen`
                               is the reason */
};

/**
 * Calls check->judge for each run that it wants (its scenarios, its clock)
 * until it fails.  The calling process must have one thread only.
 * @param timeout_s seconds of real time for all runs
 */
void judge_check(const struct check *check, const struct run *runs, size_t n,
                 double timeout_s, struct judged *out);

/** Whether the check is judged on runs of this scenario. */
bool judge_wants(const struct check *check, const char *scenario);

/** Whether a list of words with blanks between has this one. */
bool list_has(const char *list, const char *word);

/** For claims: what judge_fail() will say is about this event of the trace
 * (less than 0: none). */
void judge_points_at(long event);

/** For claims: the claim does not hold.  @param where may be NULL */
_Noreturn void judge_fail(const char *expected, const char *seen,
                          const char *where);

/** For claims: the grader is at fault, not the program. */
_Noreturn void judge_fault(const char *format, ...)
    __attribute__((format(printf, 1, 2)));

#endif
