/**
 * @file
 * How far the grading of a class is: a bar on a terminal, else a line for
 * each tenth.
 */
#ifndef PROCLAB_CLI_CLASS_BAR_H
#define PROCLAB_CLI_CLASS_BAR_H

#include <stdbool.h>
#include <stdint.h>

#include "classroom/class.h"

struct class_bar {
    bool is_terminal, shown;
    int width;
    int64_t begun_ns; /**< CLOCK_MONOTONIC */
    size_t tenths;    /**< of the whole that were told */
};

struct class_bar class_bar_start(void);

/** Fits class_request.progress; also tells what could not be graded.
 * @param context a struct class_bar */
void class_bar_update(void *context, const struct class_progress *progress);

/** Takes the bar away. */
void class_bar_end(struct class_bar *bar);

#endif
