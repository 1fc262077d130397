/**
 * @file
 * A schedule as text: the strategy's name and what is forced on top of it,
 * "child-first+3:1+8:0": at decision 3, counted from 0, option 1, and so on.
 */
#ifndef PROCLAB_OBSERVER_SCHEDULE_TEXT_H
#define PROCLAB_OBSERVER_SCHEDULE_TEXT_H

#include "observer/schedule.h"

/** @return to be freed, or NULL when memory ran out */
char *schedule_text(const struct schedule *schedule);

/** Reads "starve:PLACE".  @param[out] out set on success only
 * @return whether it was that */
bool schedule_victim(const char *text, struct schedule *out);

/**
 * The inverse of schedule_text().
 * @param[out] out set on success only
 * @param[out] forced what out->forced points to, to be freed; set on success
 *             only
 * @return 0; -EINVAL not such a text; -ENOMEM
 */
int schedule_parse(const char *text, struct schedule *out,
                   struct schedule_forced **forced);

#endif
