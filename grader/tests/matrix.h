/**
 * @file
 * Every program of the course, graded, and what its grading should say: a
 * starter earns nothing, a solution everything, and a wrong program fails the
 * checks that its first lines name, `// fails: CHECK: "words"`.  The words are
 * those that tell a student what is wrong.
 *
 * A program that is wrong under rare orders only begins with `// rare: ARGS`:
 * it is graded with more schedules, as a few may well not find it, and natively
 * `make rare` runs it with these arguments.  Which of its checks meets the
 * order is sometimes a matter of chance: `// may fail: CHECK: "words"`.
 */
#ifndef PROCLAB_TESTS_MATRIX_H
#define PROCLAB_TESTS_MATRIX_H

#include <limits.h>
#include <stdbool.h>
#include <sys/types.h>

#include "course/course.h"
#include "result/format.h"

enum { MATRIX_FAILURES = 16, MATRIX_RARE_SCHEDULES = 24 };

enum program_kind { PROGRAM_STARTER, PROGRAM_SOLUTION, PROGRAM_RIGHT,
                    PROGRAM_WRONG, PROGRAM_KINDS };

/** Words that a check's message has. */
struct foretold {
    bool perhaps; /**< fails or not, as chance has it */
    char check[64];
    char words[256];
};

struct program {
    enum program_kind kind;
    char path[PATH_MAX];
    char name[96];                   /**< "wrong/downloads.atoi.c" */
    const struct exercise *exercise; /**< NULL: belongs to none */
    bool rare;                       /**< fails under few schedules only */
    size_t n_foretold;
    struct foretold foretold[MATRIX_FAILURES];
    pid_t grader;                    /**< while it is graded */
    bool graded;
    struct result result;            /**< if graded */
    char problem[512];               /**< if not: what the grader said */
};

struct matrix {
    int schedules;
    long seed;
    size_t n;
    struct program *programs; /**< sorted by path */
};

/** Finds all programs; they are there until this program ends.
 * @param part finds those only whose paths hold it; "": all */
void matrix_find(struct matrix *matrix, const char *part);

/** Grades each as a submission with nothing else, several at once, and tells
 * on a terminal how far it is. */
void matrix_grade(struct matrix *matrix);

/** What a check of this program should come to. */
enum verdict matrix_expects(const struct program *program,
                            const struct check *check);

/** Writes a line for each thing that is not as it should be. @return how many
 */
int matrix_mismatches(const struct program *program, FILE *out);

/** The verdict on a check, or NULL. */
const struct check_result *matrix_verdict(const struct program *program,
                                          const char *check);

/** The check that fails first: whose message a student reads.  NULL: none. */
const struct check_result *matrix_first_failure(const struct program *program);

/** The words that the program foretells of that message, NULL if none. */
const char *matrix_first_words(const struct program *program);

/** Whether that message, without its hint, has these words. */
bool matrix_names_cause(const struct program *program);

/** Programs of one kind that belong to an exercise. */
int matrix_count(const struct matrix *matrix, const struct exercise *exercise,
                 enum program_kind kind);

/** Whether a wrong program is there that fails this check. */
bool matrix_has_failure(const struct matrix *matrix, const char *check);

/** Writes a table, program x check, for each exercise. */
void matrix_write(const struct matrix *matrix, FILE *out);

#endif
