/**
 * @file
 * Native runs of subjects: what the kernel does when nobody observes.
 */
#ifndef PROCLAB_TESTS_NATIVE_H
#define PROCLAB_TESTS_NATIVE_H

#include "tests/subject_list.h"

/**
 * Runs all subjects of a list but those for observation only, several at a
 * time, and puts what they did into `expected`.  Each has a session and a
 * fresh directory of its own, its stdin is /dev/null.
 *
 * The caller adopts whatever the subjects leave behind; it is killed.
 *
 * @param dir where the directories are made (and left, empty or not)
 * @return 0; -EBUSY a subject left processes behind; other -Exxx
 */
int native_run(struct subject_list *list, const char *dir);

#endif
