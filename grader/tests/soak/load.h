/**
 * @file
 * A loaded machine: children of ours that compute and fill memory.
 */
#ifndef PROCLAB_TESTS_SOAK_LOAD_H
#define PROCLAB_TESTS_SOAK_LOAD_H

#include <sys/types.h>

enum { LOAD_MOST = 64 };
struct load {
    pid_t pid[LOAD_MOST];
    int n;
};

/** Starts one hog more than there are CPUs, and one that fills 256 MB again
 * and again.  They cannot outlive us. */
void load_start(struct load *load);
void load_stop(struct load *load);

#endif
