/**
 * @file
 * Until when a timed wait is to last, by the time that the program passed.
 */
#ifndef PROCLAB_OBSERVER_ASKED_H
#define PROCLAB_OBSERVER_ASKED_H

#include "observer/state.h"

/** How a call is told its time. */
enum time_form {
    MILLISECONDS, /**< an int; negative is infinite */
    TIMESPEC,     /**< struct timespec *, relative; NULL is infinite */
    TIMEVAL,      /**< struct timeval *, relative; NULL is infinite */
    REALTIME,     /**< struct timespec *, absolute, CLOCK_REALTIME */
    CLOCK_FIRST,  /**< clock_nanosleep: args[0] clock, args[1] flags */
    FUTEX_OP,     /**< by the operation in args[1] */
    RECEIVES,     /**< no argument: an option of the socket, see sockets.c */
    SENDS,
    FOREVER, /**< without a time */
};

enum asked {
    INFINITE,
    ZERO, /**< relative, and not to wait at all */
    UNTIL,
    INVALID /**< the kernel will refuse it, or it is no timed wait */
};

/**
 * What a task asks for at the entry of a call.
 *
 * @param arg which argument is the time; not looked at in the last four forms
 * @param[out] deadline in virtual ns; set if the answer is UNTIL or ZERO
 */
enum asked time_asked(const struct observer *o, const struct task *t,
                      enum time_form form, int arg, int64_t *deadline);

#endif
