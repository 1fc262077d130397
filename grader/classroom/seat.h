/**
 * @file
 * A seat: where one submission at a time is graded, by a child process.
 */
#ifndef PROCLAB_CLASSROOM_SEAT_H
#define PROCLAB_CLASSROOM_SEAT_H

#include <signal.h>
#include <sys/types.h>

#include "course/grade.h"
#include "course/hash.h"

/** Made free by seat_clear(). */
struct seat {
    pid_t pid;     /**< of the child; 0: the seat is free */
    int cpu;       /**< see grade_request.on_cpu */
    int answer;    /**< owned; a file in memory */
    int submission; /**< owned; the submission, opened with O_PATH */
    size_t entry;  /**< of the roll */
    char *file;    /**< owned; filename_of() the submission */
    char fingerprint[HASH_TEXT]; /**< before it was graded */
};

/**
 * Starts the child, which answers with the bytes that `proclab grade --format
 * json` would write.  It dies with us, and its own children with it.
 * @param signals what the child does not block any more
 * @return 0 or -Exxx
 */
int seat_start(struct seat *seat, const struct grade_request *request,
               const sigset_t *signals);

/**
 * What the child that is gone has answered.
 * @param status of waitpid(2)
 * @param[out] bytes its result, or a sentence on why there is none; to be
 *             freed; set on 0 and -EINVAL
 * @return 0 a result; -EINVAL none, with a sentence; -ENOMEM
 */
int seat_answer(const struct seat *seat, int status, char **bytes,
                size_t *len);

/** Makes the seat free; its child must be gone. */
void seat_clear(struct seat *seat);

#endif
