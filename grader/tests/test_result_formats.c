/* TAP 14 and JUnit XML. */

#include <stdlib.h>
#include <string.h>

#include "result/format.h"
#include "tests/results.h"
#include "tests/suite.h"
#include "trace/text.h"

static const char tap[] =
"TAP version 14\n"
"1..9\n"
"ok 1 - 01-naming/workers: every worker is born\n"
"ok 2 - 01-naming/workers: every worker is reaped\n"
"not ok 3 - 03-killing/cancel: a cancelled download is ended by SIGTERM\n"
"  ---\n"
"  id: \"sigterm\"\n"
"  expected: \"Main sends SIGTERM to File2 (1.2)\"\n"
"  seen: \"Main sent SIGKILL to File2 (1.2) at 2.000 s\"\n"
"  where: \"cancel.c:57\"\n"
"  scenario: \"middle\"\n"
"  command: \"./cancel File1:2\"\n"
"  schedule: \"child-first+3:1+17:0\"\n"
"  hint: \"Send SIGTERM to the pid that fork() returned.\"\n"
"  points: 0\n"
"  max_points: 3\n"
"  ...\n"
"not ok 4 - 03-killing/cancel: its status is reported # SKIP needs: a "
"cancelled download is ended by SIGTERM\n"
"not ok 5 - 03-killing/cancel: every download writes its lines itself\n";

START_TEST(tap_has_a_point_for_each_check)
{
    char *text = result_written(&result_mixed, result_write_tap);
    ck_assert_int_eq(strncmp(text, tap, strlen(tap)), 0);
    ck_assert_ptr_nonnull(strstr(text, "\nnot ok 9 - 05-x/late: it is on time\n"
                                       "  ---\n  id: \"late\"\n"
                                       "  grader_error: \"Real time"));
    ck_assert_ptr_nonnull(strstr(text, "\nBail out!"));
    free(text);
    text = result_written(&result_full, result_write_tap);
    ck_assert_ptr_null(strstr(text, "Bail out!"));
    free(text);
}
END_TEST

START_TEST(tap_keeps_its_lines_whatever_a_text_holds)
{
    char *text = result_written(&result_hostile, result_write_tap);
    ck_assert_ptr_nonnull(strstr(text, "]]> \\# SKIP\\\\"));
    for (char *save, *line = strtok_r(text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save)) {
        bool known = strncmp(line, "TAP version 14", 14) == 0 ||
                     strncmp(line, "1..2", 4) == 0 ||
                     strncmp(line, "not ok ", 7) == 0 ||
                     strncmp(line, "  ", 2) == 0;
        ck_assert_msg(known, "%s", line);
    }
    free(text);
}
END_TEST

START_TEST(junit_counts_and_tells)
{
    static const char *const parts[] = {
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites "
        "name=\"alice\" tests=\"9\" failures=\"2\" errors=\"1\" skipped=\"3\"",
        "<testsuite name=\"01-naming/workers\" tests=\"2\" failures=\"0\"",
        "<testcase name=\"every worker is born\" "
        "classname=\"01-naming/workers\"",
        "<property name=\"points\" value=\"2\"/>",
        "<testsuite name=\"03-killing/cancel\" tests=\"4\" failures=\"2\" "
        "errors=\"0\" skipped=\"1\"",
        "<failure message=\"Main sent SIGKILL to File2 (1.2) at 2.000 s\" "
        "type=\"sigterm\">expected: Main sends SIGTERM",
        "where: cancel.c:57",
        "<skipped message=\"needs: a cancelled",
        "&quot;[File1] begins&quot;",
        "<system-err>04-daemon/daemonize.c does not compile: mend it.\n"
        "04-daemon/daemonize.c:12:5: error: ‘pid’ undeclared",
        "<error message=\"Real time ran out.\"/>",
        "</testsuites>\n",
    };
    char *text = result_written(&result_mixed, result_write_junit);
    const char *at = text;
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        const char *next = strstr(at, parts[i]);
        ck_assert_msg(next != NULL, "%s is not behind %.60s", parts[i], at);
        at = next;
    }
    free(text);
}
END_TEST

/* Between a "<" and the next ">" there is no other "<", "&" begins an entity
 * only, and no character is there that XML does not have. */
START_TEST(junit_is_xml_whatever_a_text_holds)
{
    char *text = result_written(&result_hostile, result_write_junit);
    bool inside = false;
    ck_assert(text_is_utf8(text, strlen(text)));
    for (const char *c = text; *c; c++) {
        ck_assert(*c == '\n' || (unsigned char)*c >= 32);
        ck_assert(*c != 127);
        if (*c == '<' || *c == '>') {
            ck_assert(inside == (*c == '>'));
            inside = *c == '<';
        }
        if (*c == '&')
            ck_assert(strspn(c + 1, "#0123456789ampltgquos") ==
                      strcspn(c + 1, ";"));
    }
    ck_assert(!inside);
    ck_assert_ptr_nonnull(strstr(text, "&lt;a b=&quot;c&quot; d=&apos;e"));
    ck_assert_ptr_null(strstr(text, "\xef\xbf\xbe"));
    free(text);
}
END_TEST

static const struct {
    int (*write)(const struct result *, FILE *);
} writers[] = {
    {result_write_json}, {result_write_tap}, {result_write_junit},
};

START_TEST(a_full_disk_is_told)
{
    FILE *full = fopen("/dev/full", "w");
    ck_assert_ptr_nonnull(full);
    ck_assert_int_lt(writers[_i].write(&result_mixed, full), 0);
    fclose(full);
}
END_TEST

SUITE(result_formats)
{
    Suite *suite = suite_create("result_formats");
    TCase *tc = tcase_create("formats");
    tcase_add_test(tc, tap_has_a_point_for_each_check);
    tcase_add_test(tc, tap_keeps_its_lines_whatever_a_text_holds);
    tcase_add_test(tc, junit_counts_and_tells);
    tcase_add_test(tc, junit_is_xml_whatever_a_text_holds);
    tcase_add_loop_test(tc, a_full_disk_is_told, 0, 3);
    suite_add_tcase(suite, tc);
    return suite;
}
