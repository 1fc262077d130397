/* Mutants of the solutions lose points, or it is known why not (mutants.h).
 *
 * `make test` tries a sample, one in STEP; `make mutants` tries all, or those
 * whose names hold what ONLY says, and MUTANTS names a file for the report. */

#include <stdlib.h>
#include <string.h>

#include "tests/mutants.h"
#include "tests/place.h"
#include "tests/suite.h"

enum { STEP = 67 };

/* Check keeps pointers to the tests and their names until its own end. */
static struct mutants mutants;
static TTest *tests;
static bool graded;

static void grade_sample(void)
{
    if (!graded)
        mutants_grade(&mutants, place_number("SEED", 1));
    graded = true;
}

static void write_report(void)
{
    const char *path = getenv("MUTANTS");
    FILE *out = path ? fopen(path, "w") : NULL;
    mutants_remove(&mutants);
    if (!out)
        return;
    mutants_write(&mutants, out);
    fclose(out);
}

static void is_killed_or_listed(int i)
{
    const char *problem = mutant_problem(&mutants.list[i]);
    ck_assert_msg(!problem, "%s %s", mutants.list[i].name, problem);
}

START_TEST(the_list_names_mutants_only)
{
    ck_assert_msg(mutants.n_unknown == 0,
                  "%zu names in mutants.txt are no mutants; the first one: %s",
                  mutants.n_unknown, mutants.unknown[0]);
}
END_TEST

/* What one operator makes of a program of which it can take one thing. */
struct example {
    const char *operator, * program, *mutant;
};

static const struct example examples[] = {
    {"== to !=", "int f(int a)\n{\n    return a == 2; /* a == b */\n}\n",
     "int f(int a)\n{\n    return a != 2; /* a == b */\n}\n"},
    {"_exit to exit", "void f(void)\n{\n    puts(\"_exit(\"), _exit(1);\n}\n",
     "void f(void)\n{\n    puts(\"_exit(\"), exit(1);\n}\n"},
    {"never so", "void f(int a)\n{\n    if (g(a, (1)) == 0)\n        h();\n}\n",
     "void f(int a)\n{\n    if ((g(a, (1)) == 0) && 0)\n        h();\n}\n"},
    {"drop a call", "void f(void)\n{\n    g(1,\n      2);\n    x = h();\n}\n",
     "void f(void)\n{\n    ;\n    x = h();\n}\n"},
    {"constant for a variable", "void f(struct d *a)\n{\n    g(1, a->b);\n}\n",
     "void f(struct d *a)\n{\n    g(1, 1);\n}\n"},
    {"swap ? and :", "int f(int a)\n{\n    g(a ? 2 : 3);\n}\n",
     "int f(int a)\n{\n    g(a ? 3 : 2);\n}\n"},
};

START_TEST(an_operator_changes_one_place_of_the_code)
{
    const struct example *e = &examples[_i];
    struct mutations made;
    size_t n = 0;
    mutate(e->program, &made);
    for (size_t i = 0; i < made.n; i++) {
        if (strcmp(made.list[i].operator, e->operator) != 0)
            continue;
        ck_assert_str_eq(made.list[i].text, e->mutant);
        n++;
    }
    ck_assert_uint_eq(n, 1);
    mutate_free(&made);
}
END_TEST

static void add_mutants(TCase *tc)
{
    tests = calloc(mutants.n, sizeof *tests);
    if (!tests)
        abort();
    for (size_t i = 0; i < mutants.n; i++) {
        if (!mutants.list[i].chosen)
            continue;
        tests[i] = (TTest){mutants.list[i].name, is_killed_or_listed, __FILE__,
                           __LINE__};
        tcase_add_loop_test(tc, &tests[i], (int)i, (int)i + 1);
    }
}

SUITE(mutants)
{
    Suite *suite = suite_create("mutants");
    TCase *tc = tcase_create("mutants");
    const char *only = getenv("ONLY");
    mutants_make(&mutants);
    mutants_choose(&mutants, (size_t)place_number("STEP", STEP),
                   only ? only : "");
    /* Unchecked: once, in the process that all tests are forked from. */
    tcase_add_unchecked_fixture(tc, grade_sample, write_report);
    add_mutants(tc);
    tcase_add_test(tc, the_list_names_mutants_only);
    tcase_add_loop_test(tc, an_operator_changes_one_place_of_the_code, 0,
                        sizeof examples / sizeof *examples);
    suite_add_tcase(suite, tc);
    return suite;
}
