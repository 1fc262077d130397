/**
 * @file
 * Internal to classroom/: a class while it is graded.
 */
#ifndef PROCLAB_CLASSROOM_HALL_H
#define PROCLAB_CLASSROOM_HALL_H

#include <signal.h>

#include "classroom/class.h"
#include "classroom/seat.h"

struct hall {
    const struct class_request *request;
    const struct exercise *const *exercises;
    size_t n_exercises;
    struct class_outcome outcome;
    struct seat *seats;
    size_t n_seats, busy;
    size_t next; /* entry of the roll that gets a seat next */
    size_t done, total;
    sigset_t signals; /* what is waited for */
    sigset_t before;  /* what was blocked when we came */
    bool alone;       /* all children are ours */
    char **why;
};

/** Sets the sentence for people. @return rc */
int hall_fail(const struct hall *hall, int rc, const char *what,
              const char *name);

/** Calls request.progress. @param file, mark may be NULL */
void hall_tell(const struct hall *hall, const char *file,
               const struct mark *mark);

/** Begins with the entry of this free seat; leaves it free if there is nothing
 * to be graded. @return 0; -Exxx to give up the whole class */
int hall_sit_down(struct hall *hall, struct seat *seat);

/** Takes what the seat's child, which is gone, has answered; the seat is free
 * then. @return as hall_sit_down() */
int hall_stand_up(struct hall *hall, struct seat *seat, int status);

#endif
