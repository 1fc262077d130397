/**
 * @file
 * The roll of a class: what lies in its directory, and which of it can be
 * graded.  What students handed in is not trusted: no link is followed.
 */
#ifndef PROCLAB_CLASSROOM_ROLL_H
#define PROCLAB_CLASSROOM_ROLL_H

#include <stddef.h>

enum roll_kind {
    ROLL_SUBMISSION, /**< a directory with at least one CHAPTER/EXERCISE.c */
    ROLL_CLOSED,     /**< a directory that cannot be looked into */
    ROLL_NOTHING,    /**< a directory or a link with nothing to be graded */
    ROLL_STRAY,      /**< a file or the like, or hidden: nobody's work */
};

struct roll_entry {
    char *name; /**< owned; any bytes but '/' and NUL */
    enum roll_kind kind;
    const char *reason; /**< static; why it is no submission, or NULL */
};

struct roll {
    int dir; /**< the class's directory, owned */
    size_t n;
    struct roll_entry *entries; /**< owned, sorted by the bytes of the name */
};

/**
 * @param path the class's directory
 * @param results a directory that is left out if it is in the class's, or -1
 * @param[out] out to be freed with roll_free(); set on success only
 * @return 0; -ENOENT, -ENOTDIR, -EACCES, ... it cannot be read; -ENOMEM
 */
int roll_read(const char *path, int results, struct roll *out);
void roll_free(struct roll *roll);

/** Opens a submission with O_PATH, unless it became a link meanwhile.
 * @return a descriptor or -Exxx */
int roll_open(const struct roll *roll, const struct roll_entry *entry);

#endif
