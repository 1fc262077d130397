/* What a student may hand in, and what is refused with a word of advice. */

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/intake.h"
#include "tests/suite.h"

static char base[] = "/tmp/proclab-intake-XXXXXX";

static void write_file(const char *path, const char *bytes, size_t len)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0644);
    ck_assert_int_ge(fd, 0);
    ck_assert_int_eq(write(fd, bytes, len), (ssize_t)len);
    close(fd);
}

static void good_file(void)
{
    ck_assert_int_eq(mkdir("sub/01-x", 0755), 0);
    write_file("sub/01-x/prog.c", "int x;\n", 7);
}

static void set_up(void)
{
    ck_assert_ptr_nonnull(mkdtemp(base));
    ck_assert_int_eq(chdir(base), 0);
    ck_assert_int_eq(mkdir("sub", 0755), 0);
    write_file("secret", "secret\n", 7);
}

static void tear_down(void)
{
    char command[64];
    ck_assert_int_eq(chdir("/"), 0);
    snprintf(command, sizeof command, "rm -rf %s", base);
    ck_assert_int_eq(system(command), 0);
}

static void nothing(void)
{
}

static void no_file(void)
{
    ck_assert_int_eq(mkdir("sub/01-x", 0755), 0);
}

static void near_name(void)
{
    no_file();
    write_file("sub/01-x/Prog.c", "int x;\n", 7);
    write_file("sub/01-x/zzzzzz.c", "int x;\n", 7);
}

static void double_suffix(void)
{
    no_file();
    write_file("sub/01-x/prog.c.txt", "int x;\n", 7);
}

static void in_the_wrong_place(void)
{
    write_file("sub/prog.c", "int x;\n", 7);
}

static void file_link(void)
{
    no_file();
    ck_assert_int_eq(symlink("../../secret", "sub/01-x/prog.c"), 0);
}

static void absolute_link(void)
{
    no_file();
    ck_assert_int_eq(symlink("/etc/shadow", "sub/01-x/prog.c"), 0);
}

static void chapter_link(void)
{
    ck_assert_int_eq(mkdir("other", 0755), 0);
    write_file("other/prog.c", "int x;\n", 7);
    ck_assert_int_eq(symlink("../other", "sub/01-x"), 0);
}

/* The course's own link, but in a submission of another name. */
static void borrowed_link(void)
{
    ck_assert_int_eq(system("mkdir -p chapters/01-x/solution"), 0);
    write_file("chapters/01-x/solution/prog.c", "int x;\n", 7);
    ck_assert_int_eq(symlink("../chapters/01-x/solution", "sub/01-x"), 0);
}

static void fifo(void)
{
    no_file();
    ck_assert_int_eq(mkfifo("sub/01-x/prog.c", 0644), 0);
}

static void directory(void)
{
    no_file();
    ck_assert_int_eq(mkdir("sub/01-x/prog.c", 0755), 0);
}

static void chapter_is_a_file(void)
{
    write_file("sub/01-x", "x", 1);
}

static void empty(void)
{
    no_file();
    write_file("sub/01-x/prog.c", "", 0);
}

static void too_large(void)
{
    no_file();
    write_file("sub/01-x/prog.c", "int x;\n", 7);
    ck_assert_int_eq(truncate("sub/01-x/prog.c", INTAKE_MOST + 1), 0);
}

static void nul_bytes(void)
{
    no_file();
    write_file("sub/01-x/prog.c", "i\0n\0t\0", 6);
}

static const struct {
    void (*prepare)(void);
    const char *words; /* of the problem; NULL: taken */
} cases[] = {
    {good_file, NULL},
    {nothing, "There is no directory 01-x: `proclab new` makes it"},
    {no_file, "There is no file 01-x/prog.c: write it"},
    {near_name, "there is one called \"Prog.c\": rename it"},
    {double_suffix, "there is one called \"prog.c.txt\": rename it"},
    {in_the_wrong_place, "there is a prog.c: move it into a directory 01-x"},
    {file_link, "01-x/prog.c is a link, and links are not followed"},
    {absolute_link, "01-x/prog.c is a link, and links are not followed"},
    {chapter_link, "01-x is a link, and links are not followed"},
    {borrowed_link, "01-x is a link, and links are not followed"},
    {fifo, "01-x/prog.c is not a regular file"},
    {directory, "01-x/prog.c is not a regular file"},
    {chapter_is_a_file, "01-x is not a directory"},
    {empty, "01-x/prog.c is empty"},
    {too_large, "01-x/prog.c is larger than 1 MB"},
    {nul_bytes, "01-x/prog.c holds NUL bytes"},
};

START_TEST(a_source_is_taken_or_refused_in_words)
{
    char *text = NULL, *problem = NULL;
    size_t len = 0;
    cases[_i].prepare();
    int rc = intake_source("sub", "01-x/prog", &text, &len, &problem);
    if (cases[_i].words) {
        ck_assert_int_eq(rc, -EINVAL);
        ck_assert_msg(strstr(problem, cases[_i].words), "%s", problem);
        ck_assert_ptr_null(text);
    } else {
        ck_assert_int_eq(rc, 0);
        ck_assert_ptr_null(problem);
        ck_assert_str_eq(text, "int x;\n");
        ck_assert_uint_eq(len, 7);
    }
    free(text);
    free(problem);
}
END_TEST

/* A tree like the course's own: solutions/01-x -> ../chapters/01-x/solution. */
static int take_own(const char *tree, const char *target, char **problem)
{
    char path[64], *text = NULL;
    size_t len;
    ck_assert_int_eq(system("mkdir -p chapters/01-x/solution "
                            "chapters/01-x/starter solutions starter"), 0);
    write_file("chapters/01-x/solution/prog.c", "int x;\n", 7);
    write_file("chapters/01-x/starter/prog.c", "int x;\n", 7);
    snprintf(path, sizeof path, "%s/01-x", tree);
    ck_assert_int_eq(symlink(target, path), 0);
    int rc = intake_source(tree, "01-x/prog", &text, &len, problem);
    free(text);
    return rc;
}

static const struct {
    const char *tree, *target;
    bool taken;
} trees[] = {
    {"solutions", "../chapters/01-x/solution", true},
    {"starter", "../chapters/01-x/starter", true},
    {"starter", "../chapters/01-x/solution", false},
    {"solutions", "../chapters/01-x/solution/", false},
    {"solutions", "../chapters/01-x/../01-x/solution", false},
};

START_TEST(the_courses_own_links_are_followed_and_no_other)
{
    char *problem = NULL;
    int rc = take_own(trees[_i].tree, trees[_i].target, &problem);
    ck_assert_int_eq(rc, trees[_i].taken ? 0 : -EINVAL);
    free(problem);
}
END_TEST

START_TEST(a_link_behind_the_courses_own_link_is_not_followed)
{
    char *problem = NULL, *text = NULL;
    size_t len;
    ck_assert_int_eq(system("mkdir -p real/solution chapters solutions && "
                            "ln -s ../real chapters/01-x && "
                            "ln -s ../chapters/01-x/solution solutions/01-x"),
                     0);
    write_file("real/solution/prog.c", "int x;\n", 7);
    ck_assert_int_eq(intake_source("solutions", "01-x/prog", &text, &len,
                                   &problem), -EINVAL);
    free(problem);
}
END_TEST

START_TEST(a_submission_may_be_named_through_a_link)
{
    char *text = NULL, *problem = NULL, *name = NULL;
    size_t len;
    good_file();
    ck_assert_int_eq(symlink("sub", "mine"), 0);
    ck_assert_int_eq(intake_source("mine", "01-x/prog", &text, &len, &problem),
                     0);
    ck_assert_int_eq(intake_name("mine", &name), 0);
    ck_assert_str_eq(name, "sub");
    free(name);
    free(text);
    ck_assert_int_eq(chdir("sub"), 0);
    ck_assert_int_eq(intake_name(".", &name), 0);
    ck_assert_str_eq(name, "sub");
    free(name);
}
END_TEST

START_TEST(what_is_no_directory_is_no_submission)
{
    char *name = NULL;
    ck_assert_int_eq(intake_name("missing", &name), -ENOENT);
    ck_assert_int_eq(intake_name("secret", &name), -ENOTDIR);
    ck_assert_ptr_null(name);
}
END_TEST

#define N(array) ((int)(sizeof(array) / sizeof *(array)))

SUITE(course_intake)
{
    Suite *suite = suite_create("course_intake");
    TCase *tc = tcase_create("intake");
    tcase_add_checked_fixture(tc, set_up, tear_down);
    tcase_add_loop_test(tc, a_source_is_taken_or_refused_in_words, 0,
                        N(cases));
    tcase_add_loop_test(tc, the_courses_own_links_are_followed_and_no_other, 0,
                        N(trees));
    tcase_add_test(tc, a_link_behind_the_courses_own_link_is_not_followed);
    tcase_add_test(tc, a_submission_may_be_named_through_a_link);
    tcase_add_test(tc, what_is_no_directory_is_no_submission);
    suite_add_tcase(suite, tc);
    return suite;
}
