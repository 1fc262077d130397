/* A made-up class of N students (see classmates.h), drawn from SEED: every mark
 * is the one that is known before; killed or stopped in the middle and started
 * again, the results are the same, byte for byte.  `make class-test` takes 200,
 * `make test` a few. */

#include <glob.h>
#include <limits.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "course/catalog.h"
#include "result/result.h"
#include "tests/classmates.h"
#include "tests/place.h"
#include "tests/suite.h"
#include "tests/table.h"

enum { STUDENTS = 6, TIMEOUT_S = 3600 };

static struct {
    char directory[64]; /* holds class, tmp and the results */
    struct classmates mates;
} school = {.directory = "/tmp/proclab-class-XXXXXX"};

static void in_school(const char *name, char path[static PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/%s", school.directory, name);
}

/* --- proclab class -------------------------------------------------------- */

static _Noreturn void be_proclab(const char *results)
{
    char proclab[PATH_MAX], class[PATH_MAX], path[PATH_MAX];
    place_of_built("proclab", proclab, sizeof proclab);
    in_school("tmp", path);
    setenv("TMPDIR", path, 1);
    in_school("log", path);
    if (!freopen(path, "w", stderr) || !freopen("/dev/null", "w", stdout))
        _exit(127);
    in_school("class", class);
    in_school(results, path);
    execl(proclab, "proclab", "class", "--trust", class, "-o", path,
          (char *)NULL);
    _exit(127);
}

static pid_t start(const char *results)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        be_proclab(results);
    ck_assert_int_gt(pid, 0);
    return pid;
}

static int status_of(pid_t pid)
{
    int status = -1;
    ck_assert_int_eq(waitpid(pid, &status, 0), pid);
    return status;
}

static void grade_whole(void)
{
    char path[PATH_MAX];
    in_school("whole/class.csv", path);
    if (access(path, F_OK) == 0)
        return;
    int status = status_of(start("whole"));
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                  "wait status %#x", (unsigned)status);
}

/* --- what is in the table ------------------------------------------------- */

static const char *without_guard(const char *cell)
{
    return cell[0] == '\'' ? cell + 1 : cell;
}

/* The row of a student, by the name as a table can show it. */
static size_t row_of(const struct table *table, const struct classmate *mate)
{
    char *name = result_utf8(mate->name, strlen(mate->name), 4 * NAME_MAX);
    size_t row = table->rows;
    for (size_t i = 1; i < table->rows; i++)
        if (strcmp(without_guard(table_cell(table, i, "submission")), name) ==
            0)
            row = i;
    free(name);
    ck_assert_msg(row < table->rows, "no row for %s", mate->name);
    return row;
}

static void expect_cell(const struct table *table,
                        const struct classmate *mate, const char *column,
                        const char *want)
{
    const char *cell = table_cell(table, row_of(table, mate), column);
    ck_assert_msg(strcmp(cell, want) == 0, "%s: %s is '%s' instead of '%s'",
                  mate->name, column, cell, want);
}

static void expect_points(const struct table *table,
                          const struct classmate *mate, const char *column,
                          int points)
{
    char text[16];
    snprintf(text, sizeof text, "%d", points);
    expect_cell(table, mate, column, mate->nothing ? "" : text);
}

static void expect_marks(const struct table *table,
                         const struct classmate *mate)
{
    size_t n;
    const struct exercise *const *exercises = catalog(&n);
    expect_cell(table, mate, "status", mate->nothing ? "nothing" : "graded");
    expect_cell(table, mate, "complete", mate->nothing ? "false" : "true");
    expect_points(table, mate, "points", mate->total);
    for (size_t i = 0; i < n; i++)
        expect_points(table, mate, exercises[i]->id, mate->points[i]);
}

START_TEST(every_mark_is_the_known_one)
{
    char path[PATH_MAX];
    grade_whole();
    in_school("whole/class.csv", path);
    struct table table = table_read(path);
    ck_assert_uint_eq(table.rows, school.mates.n + 1);
    for (size_t i = 0; i < school.mates.n; i++)
        expect_marks(&table, &school.mates.all[i]);
    table_free(&table);
}
END_TEST

/* --- stopped in the middle ------------------------------------------------ */

static size_t count_results(const char *results)
{
    char pattern[PATH_MAX], name[64];
    glob_t found;
    snprintf(name, sizeof name, "%s/*.json", results);
    in_school(name, pattern);
    int rc = glob(pattern, GLOB_PERIOD, NULL, &found);
    size_t n = rc == 0 ? found.gl_pathc : 0;
    globfree(&found);
    return n;
}

/* Ends it by the signal when there are so many results, and one more than
 * before.  @return whether it was still at it */
static bool stop_at(const char *results, size_t n, int sig, int *status)
{
    const struct timespec pause = {.tv_nsec = 1000000};
    size_t before = count_results(results);
    pid_t pid = start(results);
    while (count_results(results) < (n > before ? n : before + 1)) {
        if (waitpid(pid, status, WNOHANG) == pid)
            return false;
        nanosleep(&pause, NULL);
    }
    kill(pid, sig);
    *status = status_of(pid);
    return WIFSIGNALED(*status) && WTERMSIG(*status) == sig;
}

static void expect_same_results(const char *results)
{
    char command[3 * PATH_MAX];
    snprintf(command, sizeof command, "diff -r %s/whole %s/%s >&2",
             school.directory, school.directory, results);
    ck_assert_int_eq(system(command), 0);
}

static void expect_nothing_in_tmp(void)
{
    char path[PATH_MAX];
    in_school("tmp", path);
    ck_assert_msg(rmdir(path) == 0, "something is left in %s", path);
    ck_assert_int_eq(mkdir(path, 0755), 0);
}

/* All that descended from it is our child now, and ends soon. */
static void await_orphans(void)
{
    while (waitpid(-1, NULL, 0) > 0)
        ;
}

/* Each row has the known marks or none yet. */
static size_t count_pending(const char *results)
{
    char path[PATH_MAX], name[64];
    size_t pending = 0;
    snprintf(name, sizeof name, "%s/class.csv", results);
    in_school(name, path);
    struct table table = table_read(path);
    ck_assert_uint_eq(table.rows, school.mates.n + 1);
    for (size_t i = 0; i < school.mates.n; i++) {
        const struct classmate *mate = &school.mates.all[i];
        size_t row = row_of(&table, mate);
        if (strcmp(table_cell(&table, row, "status"), "pending") == 0)
            pending++;
        else
            expect_marks(&table, mate);
    }
    table_free(&table);
    return pending;
}

/* Stopped by a signal it has waited for all that it had started. */
static void expect_stopped_cleanly(const char *results)
{
    ck_assert_int_eq(waitpid(-1, NULL, 0), -1);
    expect_nothing_in_tmp();
    ck_assert_uint_gt(count_pending(results), 0);
}

/* After the first SIGKILL what is left may still meet the next one. */
START_TEST(stopped_and_started_again_it_ends_with_the_same)
{
    static const int signals[] = {SIGKILL, SIGKILL, SIGINT, SIGTERM};
    enum { STOPS = sizeof signals / sizeof signals[0] };
    int status;
    grade_whole();
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    for (size_t i = 0; i < STOPS; i++) {
        size_t n = 1 + i * school.mates.n / (STOPS + 2);
        ck_assert_msg(stop_at("stopped", n, signals[i], &status),
                      "it ended by itself: %#x", (unsigned)status);
        if (signals[i] != SIGKILL)
            expect_stopped_cleanly("stopped");
        else if (i > 0)
            await_orphans();
    }
    status = status_of(start("stopped"));
    ck_assert_msg(WIFEXITED(status) && WEXITSTATUS(status) == 0,
                  "wait status %#x", (unsigned)status);
    expect_nothing_in_tmp();
    expect_same_results("stopped");
}
END_TEST

static void set_up(void)
{
    static struct matrix matrix;
    char path[PATH_MAX];
    if (!mkdtemp(school.directory) || chmod(school.directory, 0755) != 0)
        abort();
    in_school("tmp", path);
    mkdir(path, 0755);
    in_school("class", path);
    matrix_find(&matrix, "");
    classmates_make(path, (size_t)place_number("N", STUDENTS),
                    place_number("SEED", 1), &matrix, &school.mates);
    free(matrix.programs);
}

static void tear_down(void)
{
    place_remove(school.directory);
}

SUITE(class)
{
    Suite *suite = suite_create("class");
    TCase *tc = tcase_create("made-up class");
    tcase_set_timeout(tc, TIMEOUT_S);
    tcase_add_unchecked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, every_mark_is_the_known_one);
    tcase_add_test(tc, stopped_and_started_again_it_ends_with_the_same);
    suite_add_tcase(suite, tc);
    return suite;
}
