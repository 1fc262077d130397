/**
 * @file
 * The subjects: programs below tests/programs that are run natively and
 * observed.  What is special about one stands in its first lines:
 *
 *     // observed only: ...  never run natively; instead of that it has
 *     // expect: a line of what it prints
 *     // exit: 5             or
 *     // signal: 9           how it ends
 *
 * runaway_* do not end by themselves and are not in the list.
 */
#ifndef PROCLAB_TESTS_SUBJECT_LIST_H
#define PROCLAB_TESTS_SUBJECT_LIST_H

#include <stdbool.h>
#include <stddef.h>

/** What a program printed and how it ended. */
struct ending {
    char *stream[3]; /**< by descriptor, 1 and 2; ended by NUL; owned */
    size_t len[3];
    int code;
    int signal; /**< killing signal, 0, or -1: it did not end */
};

struct subject {
    char *name;
    char *program; /**< absolute path */
    char *script;  /**< its one argument, or NULL */
    bool observed_only;
    struct ending expected; /**< by its own words, or by a native run */
};

struct subject_list {
    size_t n;
    struct subject *subject;
};

/** Reads the list, sorted by name.  PROCLAB_SUBJECT, a part of a name, leaves
 * out the rest.  @return 0 or -Exxx */
int subject_list_read(struct subject_list *out);
void subject_list_free(struct subject_list *list);

/** Path of a subject, runaways included: PROCLAB_SUBJECTS/NAME, that by
 * default build/subjects.  @return text to be freed, or NULL: not there */
char *subject_program(const char *name);

/** Adds bytes to what was printed. */
void ending_add(struct ending *ending, int stream, const char *bytes,
                size_t len);
void ending_free(struct ending *ending);

/**
 * @return NULL when both are equal, or what differs, for people: text to be
 * freed
 */
char *ending_difference(const struct ending *wanted, const struct ending *got);

#endif
