/**
 * @file
 * Jobs at work, several at a time, and what became of them.
 */
#ifndef PROCLAB_TESTS_SOAK_WORKERS_H
#define PROCLAB_TESTS_SOAK_WORKERS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

#include "tests/soak/job.h"

enum { WORKERS = 8, DOUBTS = 256 };

struct worker {
    pid_t pid; /* 0: a free place */
    struct job job;
    char dir[400];
    int64_t deadline_ns;
};

/* A difference from native that has not been looked into yet. */
struct doubt {
    struct job job;
    char dir[400];
};

struct crew {
    struct worker worker[WORKERS];
    int n;             /* places in use */
    const char *cases; /* directory of what is kept */
    const char *work;  /* directory of jobs at work */
    int started;
    long runs, comparisons;
    long found[JOB_ENDS];
    long late;         /* differences that a native run can have, too */
    struct doubt doubt[DOUBTS];
    int doubts;
};

/* Starts a job if there is a place. @return whether it did; what the job
 * points to must live until crew_settle() */
bool crew_start(struct crew *crew, const struct job *job);

/* Waits a moment for ends; ends what has hung for two minutes. */
void crew_attend(struct crew *crew);
bool crew_is_full(const struct crew *crew);
bool crew_is_idle(const struct crew *crew);
bool crew_has(const struct crew *crew, enum job_kind kind);

/* Looks into the doubts, without load: are they differences? */
void crew_settle(struct crew *crew);

/* Notes a finding that no job stands for. */
void crew_report(struct crew *crew, enum job_end end, const char *words);

#endif
