/* Every program of the course is graded as it says itself (see matrix.h).
 *
 * SCHEDULES and SEED are taken from the environment; MATRIX names a file for
 * the table; ONLY leaves out whose paths do not hold it.  `make matrix` sets
 * them, `make test` runs the short form. */

#include <stdlib.h>

#include "course/catalog.h"
#include "tests/matrix.h"
#include "tests/place.h"
#include "tests/suite.h"

enum {
    SCHEDULES = 3,
    WRONG_AT_LEAST = 5,
    RIGHT_AT_LEAST = 2,
    WRONG_IN_ALL = 120,
    RIGHT_IN_ALL = 48
};

/* Check keeps pointers to the tests and their names until its own end. */
static struct matrix matrix;
static TTest *tests;

static void grade_all(void)
{
    if (!matrix.programs[0].graded && !*matrix.programs[0].problem)
        matrix_grade(&matrix);
}

static void write_table(void)
{
    const char *path = getenv("MATRIX");
    FILE *out = path ? fopen(path, "w") : NULL;
    if (!out)
        return;
    matrix_write(&matrix, out);
    fclose(out);
}

static void is_graded_as_it_says(int i)
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    int mismatches = matrix_mismatches(&matrix.programs[i], out);
    fclose(out);
    ck_assert_msg(mismatches == 0, "%s", text);
    free(text);
}

START_TEST(an_exercise_has_enough_programs)
{
    size_t n;
    const struct exercise *e = catalog(&n)[_i];
    int wrong = matrix_count(&matrix, e, PROGRAM_WRONG);
    int right = matrix_count(&matrix, e, PROGRAM_RIGHT);
    ck_assert_int_eq(matrix_count(&matrix, e, PROGRAM_STARTER), 1);
    ck_assert_int_eq(matrix_count(&matrix, e, PROGRAM_SOLUTION), 1);
    ck_assert_msg(wrong >= WRONG_AT_LEAST, "%s: %d wrong", e->id, wrong);
    ck_assert_msg(right >= RIGHT_AT_LEAST, "%s: %d right", e->id, right);
}
END_TEST

START_TEST(the_course_has_enough_programs)
{
    size_t n;
    int wrong = 0, right = 0;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++) {
        wrong += matrix_count(&matrix, all[i], PROGRAM_WRONG);
        right += matrix_count(&matrix, all[i], PROGRAM_RIGHT);
    }
    ck_assert_int_ge(wrong, WRONG_IN_ALL);
    ck_assert_int_ge(right, RIGHT_IN_ALL);
}
END_TEST

START_TEST(every_check_is_failed_by_a_wrong_program)
{
    size_t n;
    const struct exercise *e = catalog(&n)[_i];
    for (const struct check *c = e->checks; c->id; c++)
        ck_assert_msg(matrix_has_failure(&matrix, c->id),
                      "no wrong program fails %s", c->id);
}
END_TEST

static void add_programs(TCase *tc)
{
    tests = calloc(matrix.n, sizeof *tests);
    if (!tests)
        abort();
    for (int i = 0; i < (int)matrix.n; i++) {
        tests[i] = (TTest){matrix.programs[i].name, is_graded_as_it_says,
                           __FILE__, __LINE__};
        tcase_add_loop_test(tc, &tests[i], i, i + 1);
    }
}

SUITE(matrix)
{
    size_t n;
    const char *only = getenv("ONLY");
    Suite *suite = suite_create("matrix");
    TCase *tc = tcase_create("programs");
    catalog(&n);
    matrix.schedules = (int)place_number("SCHEDULES", SCHEDULES);
    matrix.seed = place_number("SEED", 1);
    matrix_find(&matrix, only ? only : "");
    /* Unchecked: once, in the process that all tests are forked from. */
    tcase_add_unchecked_fixture(tc, grade_all, write_table);
    add_programs(tc);
    suite_add_tcase(suite, tc);
    if (only && *only)
        return suite;
    tcase_add_loop_test(tc, an_exercise_has_enough_programs, 0, (int)n);
    tcase_add_test(tc, the_course_has_enough_programs);
    tcase_add_loop_test(tc, every_check_is_failed_by_a_wrong_program, 0,
                        (int)n);
    return suite;
}
