/* speedup.json: written, read, refused; and the law that is fitted to it. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/speedup.h"
#include "tests/suite.h"
#include "tests/traces.h"

/* By Amdahl's law with a quarter that is not shared; 80 ms for one worker. */
static struct speedup amdahl(int workers, int cpus)
{
    struct speedup s = {
        .program = "sha256:12", .cpus = cpus, .width = 768, .height = 512,
        .rows = 48, .row_ms = 50, .n_workers = workers, .repeats = 3,
    };
    for (int p = 1; p <= workers; p++) {
        struct speedup_row *row = &s.row[p - 1];
        for (int i = 0; i < 3; i++) {
            row->before[i] = 20;
            row->filter[i] = 60.0 / p + (i - 1);
        }
        row->virtual_ms = 2400.0 / p;
    }
    return s;
}

START_TEST(amdahls_law_is_found_again)
{
    struct speedup s = amdahl(4, 4);
    double serial, first;
    ck_assert_int_eq(speedup_fit(&s, &serial, &first), 0);
    ck_assert_double_eq_tol(serial, 0.25, 1e-9);
    ck_assert_double_eq_tol(first, 80, 1e-9);
    ck_assert_double_eq_tol(speedup_of(&s, 4), 80.0 / 35, 1e-9);
    ck_assert_double_eq_tol(speedup_slept(&s, 3), 3, 1e-9);
    ck_assert_double_eq_tol(speedup_before(&s, 2), 20, 1e-9);
    struct speedup_spread spread = speedup_spread(&s, 2);
    ck_assert_double_eq_tol(spread.low, 49, 1e-9);
    ck_assert_double_eq_tol(spread.median, 50, 1e-9);
    ck_assert_double_eq_tol(spread.high, 51, 1e-9);
    /* More workers than CPUs are not asked. */
    s = amdahl(4, 2);
    s.row[3] = s.row[0];
    ck_assert_int_eq(speedup_fit(&s, &serial, &first), 0);
    ck_assert_double_eq_tol(serial, 0.25, 1e-9);
    s = amdahl(4, 1);
    ck_assert_int_eq(speedup_fit(&s, &serial, &first), -ERANGE);
}
END_TEST

START_TEST(speedup_goes_through_json)
{
    struct speedup s = amdahl(3, 2), back;
    json_t *json = speedup_to_json(&s);
    ck_assert_int_eq(speedup_from_json(json, &back, NULL), 0);
    ck_assert_str_eq(back.program, s.program);
    ck_assert_int_eq(back.n_workers, 3);
    ck_assert_int_eq(back.repeats, 3);
    ck_assert_double_eq_tol(back.row[2].filter[2], s.row[2].filter[2], 1e-3);
    json_t *again = speedup_to_json(&back);
    ck_assert_int_eq(json_equal(json, again), 1);
    json_decref(again);
    json_decref(json);
}
END_TEST

/* A path into the JSON, and what is put there. */
static const struct {
    const char *key, *value;
    const char *why;
} broken[] = {
    {"schema", "\"proclab-speedup/v2\"", "not a proclab-speedup/v1"},
    {"program", "7", "missing or of another kind"},
    {"program", "\"sha256:0123456789012345678901234567890123456789012345678901"
     "23456789012345678901234567890\"", "no sense"},
    {"cpus", "0", "no sense"},
    {"image", "[]", "missing or of another kind"},
    {"sleeping", "{\"rows\": -1, \"row_ms\": 5}", "no sense"},
    {"workers", "[]", "no sense"},
    {"workers", "{}", "no sense"},
    {"workers", "[{\"workers\": 2}]", "no sense"},
    {"workers", "[{\"workers\": 1, \"before_ms\": [1e400], \"filter_ms\": [1], "
     "\"virtual_ms\": 1}]", NULL},
    {"workers", "[{\"workers\": 1, \"before_ms\": [1], \"filter_ms\": [1, 2], "
     "\"virtual_ms\": 1}]", "no sense"},
    {"workers", "[{\"workers\": 1, \"before_ms\": [0], \"filter_ms\": [1], "
     "\"virtual_ms\": 1}]", "no sense"},
    {"workers", "[{\"workers\": 1, \"before_ms\": [\"1\"], \"filter_ms\": [1], "
     "\"virtual_ms\": 1}]", "no sense"},
};

START_TEST(what_is_no_speedup_is_refused)
{
    struct speedup s = amdahl(2, 2), out;
    json_t *json = speedup_to_json(&s);
    json_t *value = json_loads(broken[_i].value, JSON_DECODE_ANY, NULL);
    const char *why = "";
    if (broken[_i].why) {
        ck_assert_ptr_nonnull(value);
        json_object_set_new(json, broken[_i].key, value);
        ck_assert_int_eq(speedup_from_json(json, &out, &why), -EINVAL);
        ck_assert_msg(strstr(why, broken[_i].why) != NULL, "%s", why);
    } else
        ck_assert_ptr_null(value); /* no number of JSON's */
    json_decref(json);
    ck_assert_int_eq(speedup_from_json(NULL, &out, &why), -EINVAL);
}
END_TEST

SUITE(report_speedup)
{
    Suite *suite = suite_create("report_speedup");
    TCase *tc = tcase_create("speedup");
    tcase_add_test(tc, amdahls_law_is_found_again);
    tcase_add_test(tc, speedup_goes_through_json);
    tcase_add_loop_test(tc, what_is_no_speedup_is_refused, 0, LENGTH(broken));
    suite_add_tcase(suite, tc);
    return suite;
}
