/**
 * @file
 * Takes a student's source file in: the one place that opens what a student
 * handed in.
 *
 * No link in any part of the path below the submission is followed, and
 * nothing but a regular file is ever opened.  One exception makes the course's
 * own link trees work: in a submission called "starter" or "solutions" the
 * chapter may be a link that reads exactly "../chapters/CHAPTER/starter" or
 * "../chapters/CHAPTER/solution".
 */
#ifndef PROCLAB_COURSE_INTAKE_H
#define PROCLAB_COURSE_INTAKE_H

#include <stdbool.h>
#include <stddef.h>

/** The largest source file that is taken. */
enum { INTAKE_MOST = 1024 * 1024 };

/**
 * @param dir the submission's directory as the user named it, links and all
 * @param exercise "03-killing/cancel_download"
 * @param[out] text the file and a NUL byte, to be freed; on success only
 * @param[out] len its bytes
 * @param[out] problem when the student is at fault, a sentence that says what
 *             to do, to be freed; else NULL
 * @return 0; -EINVAL with a problem; -ENOENT no such submission; other -Exxx
 */
int intake_source(const char *dir, const char *exercise, char **text,
                  size_t *len, char **problem);

/**
 * The submission's own name: the last part of its real path.
 * @param[out] name to be freed
 * @return 0; -ENOENT, -ENOTDIR, ... when it cannot be opened; -ENOMEM
 */
int intake_name(const char *dir, char **name);

/**
 * Whether a directory is a submission: it holds the file of any exercise of
 * the course, of whatever kind that file is, or what may be its chapter: a
 * link, or a directory that cannot be looked into.  A student is to be told
 * what is wrong with these, and not that nothing was handed in.
 * @param dir a descriptor, O_PATH will do
 */
bool intake_is_submission(int dir);

#endif
