/* Delta debugging, asked about sets that a test knows. */
#include <stdbool.h>

#include "course/shrink.h"
#include "tests/suite.h"

enum { MOST = 200 };

struct oracle {
    const size_t *needed; /* it does it when all of these are there */
    size_t n_needed;
    int asked, most; /* most: questions that are answered; 0: all */
};

static bool has(const size_t *items, size_t n, size_t item)
{
    for (size_t i = 0; i < n; i++)
        if (items[i] == item)
            return true;
    return false;
}

static int does_it(const size_t *items, size_t n, void *context)
{
    struct oracle *o = context;
    if (o->most && o->asked == o->most)
        return -1;
    o->asked++;
    for (size_t i = 1; i < n; i++)
        ck_assert_uint_lt(items[i - 1], items[i]);
    for (size_t i = 0; i < o->n_needed; i++)
        if (!has(items, n, o->needed[i]))
            return 0;
    return 1;
}

static long shrink_of(size_t n, struct oracle *o, size_t *items)
{
    for (size_t i = 0; i < n; i++)
        items[i] = i;
    return shrink(items, n, does_it, o);
}

static const struct {
    size_t n, n_needed;
    size_t needed[4];
} cases[] = {
    {0, 0, {0}},
    {1, 0, {0}},
    {1, 1, {0}},
    {2, 1, {1}},
    {2, 2, {0, 1}},
    {3, 2, {0, 2}},
    {9, 0, {0}},
    {50, 1, {49}},
    {50, 3, {0, 24, 25}},
    {MOST, 2, {7, 190}},
    {MOST, 4, {3, 60, 61, 199}},
};

START_TEST(what_is_left_is_what_is_needed)
{
    size_t items[MOST];
    struct oracle o = {cases[_i].needed, cases[_i].n_needed, 0, 0};
    ck_assert_int_eq(shrink_of(cases[_i].n, &o, items),
                     (long)cases[_i].n_needed);
    for (size_t i = 0; i < cases[_i].n_needed; i++)
        ck_assert_uint_eq(items[i], cases[_i].needed[i]);
    ck_assert_int_le(o.asked, 200);
}
END_TEST

START_TEST(none_at_all_is_asked_about_first)
{
    size_t items[MOST];
    struct oracle o = {NULL, 0, 0, 0};
    ck_assert_int_eq(shrink_of(MOST, &o, items), 0);
    ck_assert_int_eq(o.asked, 1);
}
END_TEST

/* Either of two items will do: one is left. */
static int either(const size_t *items, size_t n, void *context)
{
    (void)context;
    return has(items, n, 2) || has(items, n, 11);
}

START_TEST(one_of_two_reasons_is_enough)
{
    size_t items[MOST];
    for (size_t i = 0; i < 20; i++)
        items[i] = i;
    ck_assert_int_eq(shrink(items, 20, either, NULL), 1);
}
END_TEST

START_TEST(it_ends_when_no_more_questions_are_answered)
{
    static const size_t needed[] = {7, 190};
    size_t items[MOST];
    struct oracle o = {needed, 2, 0, _i + 1};
    long n = shrink_of(MOST, &o, items);
    ck_assert_int_eq(o.asked, _i + 1);
    ck_assert_int_ge(n, 2);
    ck_assert(has(items, (size_t)n, 7) && has(items, (size_t)n, 190));
}
END_TEST

SUITE(shrink)
{
    Suite *suite = suite_create("shrink");
    TCase *tests = tcase_create("delta debugging");
    tcase_add_loop_test(tests, what_is_left_is_what_is_needed, 0,
                        (int)(sizeof cases / sizeof *cases));
    tcase_add_test(tests, none_at_all_is_asked_about_first);
    tcase_add_test(tests, one_of_two_reasons_is_enough);
    tcase_add_loop_test(tests, it_ends_when_no_more_questions_are_answered, 0,
                        20);
    suite_add_tcase(suite, tests);
    return suite;
}
