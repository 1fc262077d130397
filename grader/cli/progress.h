/**
 * @file
 * A bar on stderr for what takes long; nothing at all where stderr is no
 * terminal or the work is done before anyone would wonder.
 */
#ifndef PROCLAB_CLI_PROGRESS_H
#define PROCLAB_CLI_PROGRESS_H

#include <stdbool.h>
#include <stdint.h>

struct progress {
    bool wanted;
    bool shown;
    int64_t show_from_ns; /**< CLOCK_MONOTONIC */
    int percent;          /**< what the bar shows now */
};

struct progress progress_start(void);

/** Fits grade_request.progress. @param context a struct progress */
void progress_update(void *context, int done, int total);

/** Takes the bar away. */
void progress_end(struct progress *progress);

#endif
