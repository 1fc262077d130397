/**
 * @file
 * Which run shows a failure, and how to get it again.
 *
 * What fails under plain child-first is shown by that.  Else the failing run is
 * made again by child-first with forced choices, and these are shrunk to the
 * fewest with which the check still fails; a schedule that cannot be had that
 * way is told by its name.
 */
#ifndef PROCLAB_COURSE_REPLAY_H
#define PROCLAB_COURSE_REPLAY_H

#include "course/batch.h"
#include "course/judge.h"

/** A run of a program that someone wants to see again.  As text
 * `SCENARIO:SCHEDULE@PROGRAM`, PROGRAM the first digits of the source's hash. */
struct replay {
    char scenario[64];
    char *schedule; /**< owned: "child-first+3:1" */
    char program[72];
};

/** @param[out] out to be released; set on success only
 * @return 0; -EINVAL not such a text; -ENOMEM */
int replay_parse(const char *text, struct replay *out);
void replay_release(struct replay *replay);
/** Whether it is a run of this program.  @param program "sha256:..." */
bool replay_is_of(const struct replay *replay, const char *program);

/** A run that shows a failure. */
struct showing {
    struct run run; /**< its trace is owned by the showing, if `owned` */
    bool owned;
    char *schedule; /**< owned: as text */
    size_t n;
    struct schedule_forced *forced; /**< owned */
    struct judged judged;
};

/** What a failure is about. */
struct failure {
    const struct check *check;
    const struct check *const *needed; /**< checks that must not fail in the
                                            run that shows it */
    size_t n_needed;
    const struct run *run;             /**< where it was found */
    struct schedule schedule;          /**< that run's */
    const struct judged *judged;
};

/**
 * Finds the run that shows a failure.  A few hundred runs at most; the same
 * failure gives the same run.
 * @param[out] out to be released; set on success only
 * @return 0 or -ENOMEM
 */
int replay_find(struct batch *batch, const struct failure *failure,
                struct showing *out);
/** The run where it was found, as it is. */
int replay_as_it_is(const struct failure *failure, struct showing *out);
void showing_release(struct showing *showing);

#endif
