/* Theory: a board in shared memory says what the test found out.  Only a board
 * that says so makes a pass or a failure, whatever the test's exit status was,
 * so a check that crashes, hangs or calls exit(0) is an error and costs no
 * points.  The test ends with _exit(): handlers of atexit(3) belong to the
 * grader.  Check keeps pointers to names and tests: they live until
 * srunner_free(). */

#include "course/judge.h"

#include <check.h>
#include <errno.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <unistd.h>

struct board {
    enum { BOARD_OPEN, BOARD_HELD, BOARD_FAILED, BOARD_FAULT } state;
    struct judged judged;
};

/* The task of the test that runs now; a Check test takes no argument. */
static struct {
    struct board *board;
    const struct check *check;
    const struct run *runs;
    size_t n;
} task;

bool list_has(const char *list, const char *word)
{
    size_t len = strlen(word);
    while (list && *list) {
        list += strspn(list, " ");
        size_t here = strcspn(list, " ");
        if (here == len && memcmp(list, word, len) == 0)
            return true;
        list += here;
    }
    return false;
}

bool judge_wants(const struct check *check, const char *scenario)
{
    return !check->scenarios || list_has(check->scenarios, scenario);
}

static void put(char to[static JUDGE_TEXT], const char *text)
{
    snprintf(to, JUDGE_TEXT, "%s", text ? text : "");
}

void judge_points_at(long event)
{
    if (task.board)
        task.board->judged.event = event < 0 ? 0 : (size_t)event + 1;
}

void judge_fail(const char *expected, const char *seen, const char *where)
{
    struct board *board = task.board;
    if (!board)
        abort();
    put(board->judged.expected, expected);
    put(board->judged.seen, seen);
    put(board->judged.where, where);
    board->state = BOARD_FAILED;
    ck_abort_msg("a claim does not hold");
    _exit(EXIT_FAILURE);
}

void judge_fault(const char *format, ...)
{
    struct board *board = task.board;
    va_list args;
    if (board) {
        va_start(args, format);
        vsnprintf(board->judged.seen, JUDGE_TEXT, format, args);
        va_end(args);
        board->state = BOARD_FAULT;
    }
    abort();
}

static bool wants(const struct check *check, const struct run *run)
{
    return judge_wants(check, run->scenario->name) &&
           (check->clock == CLOCK_ANY || run->trace->honest_clock);
}

static void judge_all(int unused)
{
    (void)unused;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    for (size_t i = 0; i < task.n; i++) {
        if (!wants(task.check, &task.runs[i]))
            continue;
        task.board->judged.run = (int)i;
        task.board->judged.judged++;
        task.check->judge(&task.runs[i]);
    }
    task.board->state = BOARD_HELD;
    _exit(EXIT_SUCCESS);
}

/* CK_RUN_CASE and its like choose among the grader's own tests. */
static void forget_settings(void)
{
    char name[64];
    for (char **e = environ; e && *e;) {
        size_t len = strcspn(*e, "=");
        if (strncmp(*e, "CK_", 3) != 0 || len >= sizeof name) {
            e++;
            continue;
        }
        memcpy(name, *e, len);
        name[len] = '\0';
        unsetenv(name);
        e = environ;
    }
}

/* Runs the test; how Check saw it end is written to `why`. */
static enum test_result run_test(double timeout_s, char *why, size_t size)
{
    TTest test = {task.check->id, judge_all, __FILE__, __LINE__};
    Suite *suite = suite_create(task.check->id);
    TCase *tcase = tcase_create(task.check->id);
    tcase_set_timeout(tcase, timeout_s);
    tcase_add_loop_test(tcase, &test, 0, 1);
    suite_add_tcase(suite, tcase);
    SRunner *runner = srunner_create(suite);
    srunner_set_fork_status(runner, CK_FORK);
    srunner_run_all(runner, CK_SILENT);

    enum test_result kind = CK_ERROR;
    snprintf(why, size, "it was never run");
    TestResult **results = srunner_results(runner);
    if (results && srunner_ntests_run(runner) == 1) {
        kind = (enum test_result)tr_rtype(results[0]);
        snprintf(why, size, "%s", tr_msg(results[0]));
    }
    free(results);
    srunner_free(runner);
    return kind;
}

static void settle(const struct board *board, enum test_result kind,
                   const char *why, struct judged *out)
{
    *out = board->judged;
    if (board->state == BOARD_HELD && kind == CK_PASS) {
        out->verdict = VERDICT_PASS;
        out->run = -1;
        return;
    }
    if (board->state == BOARD_FAILED && kind == CK_FAILURE) {
        out->verdict = VERDICT_FAIL;
        return;
    }
    out->verdict = VERDICT_ERROR;
    out->run = -1;
    out->expected[0] = out->where[0] = '\0';
    if (board->state != BOARD_FAULT)
        snprintf(out->seen, sizeof out->seen, "The check itself went wrong: %s",
                 why);
}

void judge_check(const struct check *check, const struct run *runs, size_t n,
                 double timeout_s, struct judged *out)
{
    char why[256];
    struct board *board = mmap(NULL, sizeof *board, PROT_READ | PROT_WRITE,
                               MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (board == MAP_FAILED) {
        *out = (struct judged){.verdict = VERDICT_ERROR, .run = -1};
        snprintf(out->seen, sizeof out->seen, "No memory to judge in: %s",
                 strerror(errno));
        return;
    }
    task.board = board;
    task.check = check;
    task.runs = runs;
    task.n = n;
    forget_settings();
    enum test_result kind = run_test(timeout_s, why, sizeof why);
    settle(board, kind, why, out);
    task.board = NULL;
    munmap(board, sizeof *board);
}
