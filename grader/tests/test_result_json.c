/* proclab-result/v1, written and read. */

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "result/format.h"
#include "tests/results.h"
#include "tests/suite.h"

static json_t *load(const char *text)
{
    json_error_t error;
    json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, &error);
    ck_assert_msg(json != NULL, "%s", error.text);
    return json;
}

START_TEST(points_are_sums)
{
    ck_assert_int_eq(result_points(&result_mixed), 9);
    ck_assert_int_eq(result_max_points(&result_mixed), 27);
    ck_assert_int_eq(exercise_points(&result_mixed.exercises[1]), 4);
    ck_assert_int_eq(exercise_max_points(&result_mixed.exercises[1]), 10);
    ck_assert(!result_complete(&result_mixed));
    ck_assert(result_complete(&result_full));
}
END_TEST

/* The order of the keys is part of the form. */
START_TEST(keys_stand_in_their_order)
{
    static const char *const order[] = {
        "\"schema\": \"proclab-result/v1\"", "\"proclab\"", "\"course\"",
        "\"submission\": \"alice\"", "\"seed\": 7", "\"schedules\": 4",
        "\"complete\": false", "\"points\": null", "\"max_points\": 27",
        "\"exercises\"", "\"id\": \"01-naming/workers\"", "\"title\"",
        "\"points\": 5", "\"max_points\": 5", "\"build\"",
        "\"status\": \"ok\"", "\"checks\"", "\"id\": \"born\"",
        "\"status\": \"pass\"", "\"lesson\": \"01-naming#birth\"", "\"runs\"",
        "\"status\": \"fail\"", "\"expected\"", "\"seen\"",
        "\"where\": \"cancel.c:57\"", "\"hint\"", "\"lesson\"", "\"replay\"",
        "\"scenario\": \"middle\"", "\"decisions\"", "\"transcript\"",
        "\"t_ms\": 2000", "\"left_out\": 3", "\"processes\"",
        "\"ended_ms\": -1", "\"status\": \"failed\"", "\"diagnostics\"",
        "\"status\": \"error\"",
    };
    char *text = result_written(&result_mixed, result_write_json);
    const char *at = text;
    for (size_t i = 0; i < sizeof order / sizeof *order; i++) {
        const char *next = strstr(at, order[i]);
        ck_assert_msg(next != NULL, "%s is not behind %.40s", order[i], at);
        at = next;
    }
    ck_assert_int_eq(text[strlen(text) - 1], '\n');
    free(text);
}
END_TEST

START_TEST(points_of_an_error_are_null)
{
    json_t *json = result_to_json(&result_mixed);
    json_t *exercises = json_object_get(json, "exercises");
    json_t *late = json_array_get(exercises, 3);
    json_t *check = json_array_get(json_object_get(late, "checks"), 0);
    ck_assert(json_is_null(json_object_get(late, "points")));
    ck_assert(json_is_null(json_object_get(check, "points")));
    json_decref(json);
}
END_TEST

START_TEST(a_hint_is_for_who_failed)
{
    char *text = result_written(&result_mixed, result_write_json);
    ck_assert_ptr_nonnull(strstr(text, "Print in the child."));
    ck_assert_ptr_null(strstr(text, "Decode it."));
    free(text);
}
END_TEST

static const struct result *const all[] = {
    &result_mixed, &result_full, &result_hostile,
};

START_TEST(what_is_read_is_written_again_the_same)
{
    char *text = result_written(all[_i], result_write_json);
    json_t *json = load(text);
    struct result result;
    const char *why = NULL;
    int rc = result_from_json(json, &result, &why);
    ck_assert_msg(rc == 0, "%d: %s", rc, why);
    json_decref(json);
    char *again = result_written(&result, result_write_json);
    ck_assert_str_eq(text, again);
    ck_assert_uint_eq(result.seed, all[_i]->seed);
    result_free(&result);
    free(again);
    free(text);
}
END_TEST

/* What is replaced in the JSON of a good result, and the key that is then
 * found at fault. */
static const struct {
    const char *from, *to, *why;
} faults[] = {
    {"proclab-result/v1", "proclab-result/v2", "schema"},
    {"\"seed\": 7", "\"seed\": \"7x\"", "seed"},
    {"\"seed\": 7", "\"seed\": -7", "seed"},
    {"\"seed\": 7,", "", "seed"},
    {"\"schedules\": 4", "\"schedules\": 4.5", "schedules"},
    {"\"complete\": false", "\"complete\": true", "complete"},
    {"\"points\": 5", "\"points\": 6", "points"},
    {"\"max_points\": 27", "\"max_points\": 28", "points"},
    {"\"status\": \"pass\"", "\"status\": \"passed\"", "status"},
    {"\"status\": \"ok\"", "\"status\": \"fine\"", "status"},
    {"01-naming#birth", "birth", "lesson"},
    {"\"t_ms\": 2000", "\"t_ms\": null", "t_ms"},
    {"\"where\"", "\"wehre\"", "(a key that is not known)"},
    {"\"at\": 3", "\"at\": -3", "at"},
    {"\"runs_distinct\": 0", "\"runs_distinct\": 1", "runs_distinct"},
    {"\"runs\": []", "\"runs\": {}", "runs"},
    {"\"id\": \"born\",", "", "id"},
};

static char *replaced(const char *text, const char *from, const char *to)
{
    char *made = NULL;
    const char *at = strstr(text, from);
    ck_assert_ptr_nonnull(at);
    ck_assert_int_ge(asprintf(&made, "%.*s%s%s", (int)(at - text), text, to,
                              at + strlen(from)), 0);
    return made;
}

START_TEST(what_is_no_result_is_refused)
{
    char *text = result_written(&result_mixed, result_write_json);
    char *bad = replaced(text, faults[_i].from, faults[_i].to);
    json_t *json = load(bad);
    struct result result = {.schedules = 77};
    const char *why = NULL;
    ck_assert_int_eq(result_from_json(json, &result, &why), -EINVAL);
    ck_assert_str_eq(why, faults[_i].why);
    ck_assert_int_eq(result.schedules, 77);
    json_decref(json);
    free(bad);
    free(text);
}
END_TEST

static const struct {
    const char *bytes;
    size_t len, most;
    const char *want;
} texts[] = {
    {"plain", 5, 100, "plain"},
    {"", 0, 100, ""},
    {"a\0b", 3, 100, "a\xef\xbf\xbd" "b"},
    {"\xff\xc3\xa9\xc3", 4, 100, "\xef\xbf\xbd\xc3\xa9\xef\xbf\xbd"},
    {"abc", 3, 2, "ab"},
    {"a\xc3\xa9", 3, 2, "a"},
    {"\x1b[0m", 4, 100, "\x1b[0m"},
};

START_TEST(bytes_become_utf8)
{
    char *text = result_utf8(texts[_i].bytes, texts[_i].len, texts[_i].most);
    ck_assert_str_eq(text, texts[_i].want);
    free(text);
}
END_TEST

#define LENGTH(array) ((int)(sizeof(array) / sizeof *(array)))

SUITE(result_json)
{
    Suite *suite = suite_create("result_json");
    TCase *tc = tcase_create("json");
    tcase_add_test(tc, points_are_sums);
    tcase_add_test(tc, keys_stand_in_their_order);
    tcase_add_test(tc, points_of_an_error_are_null);
    tcase_add_test(tc, a_hint_is_for_who_failed);
    tcase_add_loop_test(tc, what_is_read_is_written_again_the_same, 0,
                        LENGTH(all));
    tcase_add_loop_test(tc, what_is_no_result_is_refused, 0, LENGTH(faults));
    tcase_add_loop_test(tc, bytes_become_utf8, 0, LENGTH(texts));
    suite_add_tcase(suite, tc);
    return suite;
}
