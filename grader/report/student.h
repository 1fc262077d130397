/**
 * @file
 * Who hands in: notes/student.yaml, which a student writes by hand.
 */
#ifndef PROCLAB_REPORT_STUDENT_H
#define PROCLAB_REPORT_STUDENT_H

#include <stddef.h>

/** All are owned, NULL where the file does not say. */
struct student {
    char *name, *id, *course, *group, *date;
};

/**
 * @param text YAML, len bytes
 * @param[out] out to be freed with student_free(); set on success only
 * @param[out] why on -EINVAL what is wrong, with line and column where they are
 *             known, to be freed; NULL when memory ran out
 * @return 0; -EINVAL; -ENOMEM
 */
int student_parse(const char *text, size_t len, struct student *out,
                  char **why);
void student_free(struct student *student);

#endif
