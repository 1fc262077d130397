/**
 * @file
 * A clean start: what a shell or a service manager left behind (ignored
 * signals, a mask, limits) survives exec and would change verdicts.
 */
#ifndef PROCLAB_OBSERVER_CLEAN_H
#define PROCLAB_OBSERVER_CLEAN_H

#include "observer/observe.h"

/** Working and home directory of a program that is graded. */
#define CLEAN_LAB "/tmp/lab"

/** Cleans the calling process, shortly before its exec.  Descriptors, umask
 * and directory are not its business. */
void clean_process(const struct observe_request *request,
                   const struct observe_limits *limits);

#endif
