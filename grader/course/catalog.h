/**
 * @file
 * The catalog: all exercises of the course, and the files (lessons, starters,
 * the student's Makefile) that the program carries with it.
 */
#ifndef PROCLAB_COURSE_CATALOG_H
#define PROCLAB_COURSE_CATALOG_H

#include "course/course.h"

/** All exercises, in the order of catalog_order(); the array is static. */
const struct exercise *const *catalog(size_t *n);

/** By chapter, then by place in it, then by name. @return as strcmp() */
int catalog_order(const struct exercise *a, const struct exercise *b);

/** The exercise "03-killing/cancel_download" or just "cancel_download" (also
 * with ".c" behind), or NULL. */
const struct exercise *catalog_find(const char *name);

/** The exercise whose name is nearest to a mistyped one, or NULL if none is
 * near. */
const struct exercise *catalog_nearest(const char *name);

/** The check with this id and the exercise it belongs to, or NULL. */
const struct check *catalog_check(const char *id,
                                  const struct exercise **exercise);

/** Points of an exercise: the sum over its checks. */
int catalog_points(const struct exercise *exercise);

/** "sha256:..." over all that decides a verdict (tables, lessons). */
const char *catalog_course_hash(void);

/** A file that the program carries, by its path in the repository. */
struct embedded {
    const char *path;
    const unsigned char *bytes;
    size_t len;
};
/** All of them, sorted by path. */
const struct embedded *embedded_files(size_t *n);
/** @return the file or NULL */
const struct embedded *embedded_find(const char *path);

#endif
