/**
 * @file
 * The jobs of a soak.  Each is done by a process of its own, so that one that
 * hangs or dies is just a finding.
 */
#ifndef PROCLAB_TESTS_SOAK_JOB_H
#define PROCLAB_TESTS_SOAK_JOB_H

#include "observer/schedule.h"
#include "tests/soak/script.h"
#include "tests/subject_list.h"

enum job_kind {
    JOB_DETERMINED, /**< a script, against what it does natively */
    JOB_MIXED,      /**< a script, twice: the same bytes */
    JOB_SUBJECT,    /**< a subject, against what it does natively */
    JOB_GRADE,      /**< a submission, against its grading without load */
};

/** How a job ended: the worker's exit status. */
enum job_end {
    JOB_FINE,
    JOB_DIFFERS,  /**< from what it natively gives */
    JOB_UNEQUAL,  /**< two runs with the same seed */
    JOB_UNSOUND,  /**< the trace contradicts itself */
    JOB_ERROR,    /**< the grader could not do its work */
    JOB_HANGS,    /**< it was ended */
    JOB_LEFTOVER, /**< a process, file or IPC object is left */
    JOB_ENDS
};
const char *job_end_name(enum job_end end);

struct job {
    enum job_kind kind;
    struct schedule schedule;
    const char *script;    /**< JOB_DETERMINED, JOB_MIXED */
    const char *native;    /**< JOB_DETERMINED: what is expected */
    const struct subject *subject; /**< JOB_SUBJECT */
    const char *submission; /**< JOB_GRADE: directory */
    const char *reference;  /**< JOB_GRADE: file of its result */
    unsigned long seed;     /**< JOB_GRADE */
};

/** Observed runs and comparisons that a job of this kind makes. */
int job_runs(enum job_kind kind);
int job_comparisons(enum job_kind kind);

/**
 * Does a job and writes what it saw into files of dir, which is the case
 * directory if something is wrong: observed, trace.json, again.json, why.
 */
enum job_end job_do(const struct job *job, const char *dir);

/** Writes what a job is, so that job_again() can do it again. */
int job_write(const struct job *job, const char *dir);

/**
 * Does the job of a case directory again, with new native runs.
 * @return its end, or -Exxx
 */
int job_again(const char *dir, const char *work);

/** Makes the script of a case smaller, in its directory. @return 0 or -Exxx */
int job_shrink(const char *dir, const char *work);

#endif
