/**
 * @file
 * Clean-up at the end of a scope: `autofree char *text = NULL;`
 */
#ifndef PROCLAB_COURSE_CLEANUP_H
#define PROCLAB_COURSE_CLEANUP_H

#include <stdlib.h>
#include <unistd.h>

static inline void cleanup_free(void *pointer)
{
    free(*(void **)pointer);
}

static inline void cleanup_close(const int *fd)
{
    if (*fd >= 0)
        close(*fd);
}

/** free() at the end of the scope; the pointer may be NULL. */
#define autofree __attribute__((cleanup(cleanup_free)))
/** close() at the end of the scope; the descriptor may be -1. */
#define autoclose __attribute__((cleanup(cleanup_close)))

#endif
