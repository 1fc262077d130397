/* The course that is linked in, and what makes one a bad course. */

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "course/catalog.h"
#include "course/distance.h"
#include "course/lesson.h"
#include "course/validate.h"
#include "tests/suite.h"

START_TEST(the_course_has_no_fault)
{
    size_t n, len;
    char *text = NULL;
    const struct exercise *const *all = catalog(&n);
    FILE *out = open_memstream(&text, &len);
    int faults = course_faults(all, n, true, out);
    fclose(out);
    ck_assert_msg(faults == 0, "%d faults:\n%s", faults, text);
    free(text);
}
END_TEST

START_TEST(the_course_has_a_hundred_points)
{
    size_t n;
    int points = 0;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++)
        points += catalog_points(all[i]);
    ck_assert_int_eq(points, 100);
}
END_TEST

static void judge_nothing(const struct run *run)
{
    (void)run;
}

#define SOUND                                                               \
    .points = 1, .title = "t", .hint = "h", .lesson = "l",                  \
    .judge = judge_nothing

static const struct scenario two[] = {
    {.name = "one", .title = "t"}, {.name = "two", .title = "t"}, {.name = 0},
};
static const struct scenario no_title[] = {{.name = "one"}, {.name = 0}};
static const struct scenario twins[] = {
    {.name = "one", .title = "t"}, {.name = "one", .title = "t"}, {.name = 0},
};
static const struct scenario undrawn[] = {
    {.name = "one", .title = "t", .args = {"{a}"}}, {.name = 0},
};
static const struct scenario no_rule[] = {
    {.name = "one", .title = "t", .inject = {"fokr:error=EAGAIN"}}, {.name = 0},
};
static const struct scenario unordered[] = {
    {.name = "one", .title = "t", .steps = {CLOSE_INPUT(5), INPUT(4, "x")}},
    {.name = 0},
};
static const struct scenario restless[] = {
    {.name = "one", .title = "t", .bystanders = {{'S', "n", {"cat", "file"}}}},
    {.name = 0},
};
#define FILES(name_, ...)                                                   \
    static const struct scenario name_[] = {                                \
        {.name = "one", .title = "t", .files = {__VA_ARGS__}}, {.name = 0}, \
    }
FILES(elsewhere, {"a", "x"}, {"../b", "x"});
FILES(of_the_program, {"y", "x"});
FILES(one_name, {"a", "x"}, {"a", "x"});
FILES(two_files, {"a", "x"}, {"b", ""});
static const struct check sound[] = {
    {.id = "a", SOUND}, {.id = "b", SOUND, .depends = "a"}, {.id = 0},
};
static const struct check sound_again[] = {{.id = "b", SOUND}, {.id = 0}};
static const struct check same_id[] = {
    {.id = "a", SOUND}, {.id = "a", SOUND}, {.id = 0},
};
static const struct check circle[] = {
    {.id = "a", SOUND, .depends = "b"}, {.id = "b", SOUND}, {.id = 0},
};
static const struct check itself[] = {
    {.id = "a", SOUND, .depends = "a"}, {.id = 0},
};
static const struct check stranger[] = {
    {.id = "a", SOUND, .depends = "c"}, {.id = 0},
};
static const struct check nowhere[] = {
    {.id = "a", SOUND, .scenarios = "one three"}, {.id = "b", SOUND},
    {.id = 0},
};
static const struct check unused[] = {
    {.id = "a", SOUND, .scenarios = "one"}, {.id = 0},
};
static const struct check worthless[] = {
    {.id = "a", .title = "t", .hint = "h", .judge = judge_nothing}, {.id = 0},
};
static const struct check silent[] = {
    {.id = "a", .points = 1, .judge = judge_nothing}, {.id = 0},
};
static const struct check nothing[] = {{.id = 0}};

#define EX(scenario_table, check_table)                                     \
    {.id = "01-x/y", .title = "t", .usage = "", .scenarios = scenario_table, \
     .checks = check_table}

static const struct {
    struct exercise exercise;
    const char *words; /* NULL: no fault */
} courses[] = {
    {EX(two, sound), NULL},
    {EX(no_title, sound), "scenario one has no title"},
    {EX(twins, sound), "two scenarios are called one"},
    {EX(undrawn, sound), "a placeholder cannot be drawn"},
    {EX(no_rule, sound), "a rule of inject cannot be read"},
    {EX(unordered, sound), "step 1 comes before the one above it"},
    {EX(restless, sound), "scenario one: bystander 0 cannot be"},
    {EX(two_files, sound), NULL},
    {EX(elsewhere, sound), "scenario one: file 1 cannot be"},
    {EX(of_the_program, sound), "scenario one: file 0 cannot be"},
    {EX(one_name, sound), "scenario one: file 1 cannot be"},
    {EX(two, same_id), "one of the same id"},
    {EX(two, circle), "check a depends on b, which does not come before it"},
    {EX(two, itself), "check a depends on a, which does not come before it"},
    {EX(two, stranger), "there is no check c"},
    {EX(two, nowhere), "no scenario is called three"},
    {EX(two, unused), "no check is judged on scenario two"},
    {EX(two, worthless), "check a is worth nothing"},
    {EX(two, silent), "check a lacks its title, hint or function"},
    {EX(two, nothing), "it has 2 scenarios and 0 checks"},
    {{.id = "flat", .scenarios = two, .checks = sound},
     "the id is not CHAPTER/EXERCISE"},
};

START_TEST(a_fault_of_a_table_is_found)
{
    const struct exercise *list[] = {&courses[_i].exercise};
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    int faults = course_faults(list, 1, false, out);
    fclose(out);
    if (courses[_i].words) {
        ck_assert_int_gt(faults, 0);
        ck_assert_msg(strstr(text, courses[_i].words), "%s", text);
    } else {
        ck_assert_msg(faults == 0, "%s", text);
    }
    free(text);
}
END_TEST

START_TEST(an_id_is_used_once_in_a_course)
{
    const struct exercise a = EX(two, sound), b = EX(two, sound_again);
    const struct exercise *list[] = {&a, &b};
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    ck_assert_int_gt(course_faults(list, 2, false, out), 0);
    fclose(out);
    ck_assert_ptr_nonnull(strstr(text, "two exercises of this id"));
    ck_assert_ptr_nonnull(strstr(text, "check b: 01-x/y has one of the same"));
    free(text);
}
END_TEST

START_TEST(a_chapter_is_in_the_order_of_its_places)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    const struct exercise a = {.id = "01-x/b"}, b = {.id = "01-x/c"},
                          c = {.id = "01-x/a", .place = 1},
                          d = {.id = "02-x/a"};
    const struct exercise *const right[] = {&a, &b, &c, &d};
    for (int i = 0; i < 4; i++)
        for (int k = 0; k < 4; k++)
            ck_assert_int_eq(catalog_order(right[i], right[k]) < 0, i < k);
    for (size_t i = 1; i < n; i++)
        ck_assert_int_lt(catalog_order(all[i - 1], all[i]), 0);
}
END_TEST

START_TEST(an_exercise_is_found_by_either_name)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++) {
        char name[128];
        const char *own = strchr(all[i]->id, '/') + 1;
        ck_assert_ptr_eq(catalog_find(all[i]->id), all[i]);
        ck_assert_ptr_eq(catalog_find(own), all[i]);
        snprintf(name, sizeof name, "%s.c", own);
        ck_assert_ptr_eq(catalog_find(name), all[i]);
        snprintf(name, sizeof name, "%sx", own);
        ck_assert_ptr_null(catalog_find(name));
        ck_assert_ptr_eq(catalog_nearest(name), all[i]);
        const struct exercise *owner;
        ck_assert_ptr_eq(catalog_check(all[i]->checks->id, &owner),
                         all[i]->checks);
        ck_assert_ptr_eq(owner, all[i]);
    }
    ck_assert_ptr_null(catalog_find(""));
    ck_assert_ptr_null(catalog_nearest("zzzzqqqq"));
    ck_assert_ptr_null(catalog_check("no_such_check", NULL));
}
END_TEST

START_TEST(the_course_hash_is_a_hash_and_stays_the_same)
{
    const char *hash = catalog_course_hash();
    ck_assert_uint_eq(strlen(hash), 7 + 64);
    ck_assert_int_eq(strncmp(hash, "sha256:", 7), 0);
    ck_assert_str_eq(hash, catalog_course_hash());
}
END_TEST

START_TEST(embedded_files_are_sorted_and_found)
{
    size_t n;
    const struct embedded *files = embedded_files(&n);
    for (size_t i = 0; i < n; i++) {
        ck_assert_ptr_eq(embedded_find(files[i].path), &files[i]);
        ck_assert_int_eq(files[i].bytes[files[i].len], 0);
        if (i > 0)
            ck_assert_str_lt(files[i - 1].path, files[i].path);
    }
    ck_assert_ptr_null(embedded_find("no/such/file"));
}
END_TEST

static const struct {
    const char *a, *b;
    size_t distance;
} distances[] = {
    {"", "", 0},         {"abc", "", 3},       {"", "abc", 3},
    {"abc", "abc", 0},   {"abc", "abd", 1},    {"abc", "ac", 1},
    {"ac", "abc", 1},    {"kitten", "sitting", 3}, {"ab", "ba", 2},
};

START_TEST(edit_distance_counts_edits)
{
    ck_assert_uint_eq(edit_distance(distances[_i].a, strlen(distances[_i].a),
                                    distances[_i].b, strlen(distances[_i].b)),
                      distances[_i].distance);
}
END_TEST

static const char lesson[] = "# Title\n"
                             "## The child falls through!\n"
                             "text\n"
                             "```c\n"
                             "## no heading\n"
                             "```\n"
                             "### Deeper `fork()` and_more\n"
                             "more\n"
                             "## Next\n"
                             "end";

static const struct {
    const char *anchor, *begins, *last; /* begins NULL: not there */
} sections[] = {
    {"title", "# Title", "end"},
    {"the-child-falls-through", "## The child", "more\n"},
    {"deeper-fork-and_more", "### Deeper", "more\n"},
    {"next", "## Next", "end"},
    {"no-heading", NULL, NULL},
    {"nex", NULL, NULL},
    {"next-", NULL, NULL},
    {"", NULL, NULL},
};

START_TEST(a_section_is_found_by_its_anchor)
{
    const char *at = NULL;
    size_t len = 0;
    int rc = lesson_section(lesson, strlen(lesson), sections[_i].anchor, &at,
                            &len);
    if (!sections[_i].begins) {
        ck_assert_int_eq(rc, -ENOENT);
        return;
    }
    size_t last = strlen(sections[_i].last);
    ck_assert_int_eq(rc, 0);
    ck_assert_int_eq(strncmp(at, sections[_i].begins,
                             strlen(sections[_i].begins)), 0);
    ck_assert_int_eq(memcmp(at + len - last, sections[_i].last, last), 0);
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof *(array)))

SUITE(course_catalog)
{
    Suite *suite = suite_create("course_catalog");
    TCase *tc = tcase_create("catalog");
    tcase_add_test(tc, the_course_has_no_fault);
    tcase_add_test(tc, the_course_has_a_hundred_points);
    tcase_add_loop_test(tc, a_fault_of_a_table_is_found, 0, N(courses));
    tcase_add_test(tc, an_id_is_used_once_in_a_course);
    tcase_add_test(tc, a_chapter_is_in_the_order_of_its_places);
    tcase_add_test(tc, an_exercise_is_found_by_either_name);
    tcase_add_test(tc, the_course_hash_is_a_hash_and_stays_the_same);
    tcase_add_test(tc, embedded_files_are_sorted_and_found);
    tcase_add_loop_test(tc, edit_distance_counts_edits, 0, N(distances));
    tcase_add_loop_test(tc, a_section_is_found_by_its_anchor, 0, N(sections));
    suite_add_tcase(suite, tc);
    return suite;
}
