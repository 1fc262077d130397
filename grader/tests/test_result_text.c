/* What a student reads. */

#include <stdlib.h>
#include <string.h>

#include "result/format.h"
#include "tests/results.h"
#include "tests/suite.h"
#include "trace/text.h"

static struct text_style style = {
    .width = 80, .command = "proclab grade lab",
};

static int write_text(const struct result *result, FILE *out)
{
    return result_write_text(result, out, &style);
}

static const char mixed[] =
"01-naming/workers: Workers\n"
"  + every worker is born                                                     2/2\n"
"  + every worker is reaped                                                   3/3\n"
"\n"
"03-killing/cancel: Downloads that can be cancelled\n"
"  x a cancelled download is ended by SIGTERM                                 0/3\n"
"      expected  Main sends SIGTERM to File2 (1.2)\n"
"      seen      Main sent SIGKILL to File2 (1.2) at 2.000 s\n"
"      where     cancel.c:57\n"
"      when      main goes on before File2 (1.2) has begun\n"
"      and       File1 (1.1) ends before main waits in waitpid(-1)\n"
"      run       ./cancel File1:2 (scenario middle, child-first+3:1+17:0)\n"
"      hint      Send SIGTERM to the pid that fork() returned.\n"
"      lesson    proclab show sigterm\n"
"      again     proclab grade lab --check sigterm"
" --replay=middle:child-first+3:1+17:0@00112233\n"
"  - its status is reported (needs: a cancelled download is ended by SIGTERM) 0/1\n"
"  x every download writes its lines itself                                   0/2\n"
"      expected  File1 (1.1) writes the line \"[File1] begins\", once\n"
"      seen      Another process wrote it: \"[File1] begins\" by main at 0.000 s\n"
"  + the others are left alone                                                4/4\n"
"\n"
"04-daemon/daemonize: A daemon\n"
"  x 04-daemon/daemonize.c does not compile: mend it.\n"
"      04-daemon/daemonize.c:12:5: error: 'pid' undeclared (first use in this\n"
"      function)\n"
"  - 2 checks skipped                                                         0/6\n"
"\n"
"05-x/late: On time\n"
"  ! it is on time                                                            ?/6\n"
"      grader    Real time ran out.\n"
"\n"
"  01-naming/workers                           5/5\n"
"  03-killing/cancel                          4/10\n"
"  04-daemon/daemonize                         0/6\n"
"  05-x/late                                   ?/6\n"
"  in all                                     ?/27\n"
"  Where there is a \"?\" the grader could not do its work. That costs no points:\n"
"  grade again, and report it if it stays so.\n";

START_TEST(a_report_tells_the_first_cause_in_full)
{
    char *text = result_written(&result_mixed, write_text);
    ck_assert_str_eq(text, mixed);
    free(text);
}
END_TEST

START_TEST(full_marks_are_short)
{
    char *text = result_written(&result_full, write_text);
    ck_assert_str_eq(text,
"01-naming/workers: Workers\n"
"  + every worker is born                                                     2/2\n"
"  + every worker is reaped                                                   3/3\n"
"\n"
"  01-naming/workers                           5/5\n");
    free(text);
}
END_TEST

START_TEST(a_single_check_is_told_in_full)
{
    style.one_check = true;
    char *text = result_written(&result_mixed, write_text);
    ck_assert_ptr_nonnull(strstr(text, "hint      Print in the child."));
    ck_assert_ptr_nonnull(strstr(text, "(needs: a cancelled download"));
    ck_assert_ptr_nonnull(strstr(text, "--check lines --replay\n"));
    free(text);
    style.replayed = true;
    text = result_written(&result_mixed, write_text);
    ck_assert_ptr_null(strstr(text, "--check"));
    free(text);
}
END_TEST

static bool is_starter(const char *exercise, const char *program)
{
    return strncmp(exercise, "01-x/", 5) == 0 && strcmp(program, "new") == 0;
}

/* three(PROGRAM...): what is said of three exercises without points. */
static char *three(const char *a, const char *b, const char *c)
{
    const char *const programs[] = {a, b, c};
    static const char *const ids[] = {"01-x/a", "01-x/b", "01-x/c"};
    struct check_result checks[3];
    struct exercise_result exercises[3];
    struct result result = {.n_exercises = 3, .exercises = exercises};
    for (int i = 0; i < 3; i++) {
        checks[i] = (struct check_result){
            .id = "x", .title = "told", .verdict = VERDICT_FAIL,
            .max_points = 2,
        };
        exercises[i] = (struct exercise_result){
            .id = ids[i], .title = "title", .built = true, .n_checks = 1,
            .checks = &checks[i], .program = (char *)programs[i],
        };
    }
    style.untouched = is_starter;
    return result_written(&result, write_text);
}

START_TEST(who_has_begun_with_nothing_is_told_the_first_step)
{
    char *text = three("new", "new", "new");
    ck_assert_ptr_nonnull(strstr(text, "01-x/a: title\n"));
    ck_assert_ptr_null(strstr(text, "01-x/b: title\n"));
    ck_assert_ptr_null(strstr(text, "01-x/c: title\n"));
    ck_assert_ptr_nonnull(strstr(text,
        "  01-x/c                                      0/2  not begun\n"
        "  in all                                      0/6\n"
        "\n"
        "Next: 01-x/a  (proclab show a)\n"));
    free(text);
}
END_TEST

START_TEST(an_exercise_that_was_begun_is_told_of_before_others)
{
    char *text = three("new", "mine", "new");
    ck_assert_ptr_null(strstr(text, "01-x/a: title\n"));
    ck_assert_ptr_nonnull(strstr(text, "01-x/b: title\n"));
    ck_assert_ptr_nonnull(strstr(text, "Next: 01-x/b  (proclab show b)\n"));
    free(text);
    text = three("mine", "mine", "mine");
    ck_assert_ptr_nonnull(strstr(text, "01-x/c: title\n"));
    ck_assert_ptr_null(strstr(text, "Next"));
    ck_assert_ptr_null(strstr(text, "begun"));
    free(text);
}
END_TEST

static const struct {
    const char *schedule, *words;
} strategies[] = {
    {"child-first", NULL},
    {"parent-first", "when      of all that can go on the oldest process does\n"},
    {"seed 5", "when      processes take turns at random\n"},
    {"starve 1.2", "when      process 1.2 could go on, but is kept waiting "
                   "while time passes\n"},
};

START_TEST(a_schedule_that_is_not_shrunk_is_told_by_its_strategy)
{
    struct check_result check = {
        .id = "x", .title = "x", .verdict = VERDICT_FAIL,
        .scenario = (char *)"one", .program = (char *)"sha256:0011223344",
        .schedule = (char *)strategies[_i].schedule,
    };
    struct exercise_result exercise = {
        .id = "01-x/y", .title = "y", .built = true, .n_checks = 1,
        .checks = &check,
    };
    struct result one = {.n_exercises = 1, .exercises = &exercise};
    char *text = result_written(&one, write_text);
    const char *when = strstr(text, "when ");
    if (strategies[_i].words)
        ck_assert_ptr_nonnull(strstr(text, strategies[_i].words));
    else
        ck_assert_ptr_null(when);
    bool quoted = strchr(strategies[_i].schedule, ' ') != NULL;
    ck_assert_int_eq(strstr(text, "--replay='one:") != NULL, quoted);
    free(text);
}
END_TEST

/* Every character of this result takes one column. */
static int columns(const char *line)
{
    int n = 0;
    for (; *line; line++)
        n += ((unsigned char)*line & 0xc0) != 0x80;
    return n;
}

static const int widths[] = {40, 50, 80, 100, 200};

/* A command may be longer: it is there to be copied. */
START_TEST(no_line_is_wider_than_asked)
{
    style.width = widths[_i];
    style.unicode = _i % 2;
    char *text = result_written(&result_mixed, write_text);
    for (char *save, *line = strtok_r(text, "\n", &save); line;
         line = strtok_r(NULL, "\n", &save))
        if (!strstr(line, "proclab"))
            ck_assert_msg(columns(line) <= widths[_i], "%s", line);
    free(text);
}
END_TEST

START_TEST(nothing_of_a_program_moves_the_cursor)
{
    style.unicode = _i;
    char *text = result_written(&result_hostile, write_text);
    ck_assert(text_is_utf8(text, strlen(text)));
    for (const char *c = text; *c; c++)
        ck_assert(*c == '\n' || (unsigned char)*c >= 32);
    ck_assert_ptr_null(strchr(text, 127));
    ck_assert_ptr_null(strstr(text, "\xe2\x80\xae"));
    for (const char *c = text; !_i && *c; c++)
        ck_assert((unsigned char)*c < 128);
    free(text);
}
END_TEST

START_TEST(colour_comes_only_when_asked_for)
{
    char *plain = result_written(&result_mixed, write_text);
    ck_assert_ptr_null(strchr(plain, '\033'));
    style.colour = true;
    style.unicode = true;
    char *text = result_written(&result_mixed, write_text);
    ck_assert_ptr_nonnull(strstr(text, "\033[32m✓\033[0m every worker is born"));
    ck_assert_ptr_nonnull(strstr(text, "\033[31m✗\033[0m"));
    ck_assert_ptr_nonnull(strstr(text, "‘pid’"));
    free(plain);
    free(text);
}
END_TEST

SUITE(result_text)
{
    Suite *suite = suite_create("result_text");
    TCase *tc = tcase_create("text");
    tcase_add_test(tc, a_report_tells_the_first_cause_in_full);
    tcase_add_test(tc, full_marks_are_short);
    tcase_add_test(tc, a_single_check_is_told_in_full);
    tcase_add_test(tc, who_has_begun_with_nothing_is_told_the_first_step);
    tcase_add_test(tc, an_exercise_that_was_begun_is_told_of_before_others);
    tcase_add_loop_test(tc,
                        a_schedule_that_is_not_shrunk_is_told_by_its_strategy,
                        0, 4);
    tcase_add_loop_test(tc, no_line_is_wider_than_asked, 0, 5);
    tcase_add_loop_test(tc, nothing_of_a_program_moves_the_cursor, 0, 2);
    tcase_add_test(tc, colour_comes_only_when_asked_for);
    suite_add_tcase(suite, tc);
    return suite;
}
