/* Programs that would never end: each is ended, in bounded time, with an
 * outcome that says why; nothing of it is left. */

#include <ctype.h>
#include <dirent.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "tests/observed.h"
#include "tests/place.h"
#include "tests/suite.h"

static const int64_t second = 1000000000;

static double real_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

struct runaway {
    const char *name;
    struct observe_limits limits;
    enum trace_outcome outcome;
};

static const struct runaway runaways[] = {
    {"cpu", {.cpu_ns = 300000000}, TRACE_LIMIT_CPU},
    {"flood", {.output = 100000}, TRACE_LIMIT_OUTPUT},
    {"fork", {.tasks = 40}, TRACE_LIMIT_PROCESSES},
    {"threads", {.tasks = 40}, TRACE_LIMIT_PROCESSES},
    {"memory", {.memory = 64 << 20}, TRACE_LIMIT_MEMORY},
    {"sleep", {.virtual_ns = 600000000000}, TRACE_LIMIT_TIME},
    {"poll", {.events = 20000}, TRACE_LIMIT_EVENTS},
    {"exec", {.events = 5000}, TRACE_LIMIT_EVENTS},
    {"wait_spin", {.events = 20000}, TRACE_LIMIT_EVENTS},
};

static void init(struct observed *run, const char *name)
{
    char whole[64];
    snprintf(whole, sizeof whole, "runaway_%s", name);
    observed_init(run, whole);
}

static bool runs(const char *pid, const char *directory)
{
    char link[300], path[4096];
    snprintf(link, sizeof link, "/proc/%s/exe", pid);
    ssize_t n = readlink(link, path, sizeof path - 1);
    return n > 0 && strncmp(path, directory, strlen(directory)) == 0;
}

/* Whether a subject of this build runs: another build's tests may, too. */
static bool one_is_left(void)
{
    char directory[PATH_MAX];
    DIR *dir = opendir("/proc");
    bool left = false;
    place_of_built("subjects/runaway_", directory, sizeof directory);
    for (struct dirent *d; (d = readdir(dir));)
        left |= isdigit(d->d_name[0]) && runs(d->d_name, directory);
    closedir(dir);
    return left;
}

static struct trace *end_of(struct observed *run)
{
    double begin = real_s();
    struct trace *trace = observed_trace(run);
    ck_assert_msg(real_s() - begin < 200, "%s: took too long", run->name);
    ck_assert_msg(!one_is_left(), "%s: something is left", run->name);
    return trace;
}

static size_t bytes_printed(const struct trace *trace)
{
    struct ending ending = observed_ending(trace);
    size_t n = ending.len[1] + ending.len[2];
    ending_free(&ending);
    return n;
}

START_TEST(a_limit_ends_it)
{
    const struct runaway *r = &runaways[_i];
    struct observed run;
    init(&run, r->name);
    run.request.limits = r->limits;
    struct trace *t = end_of(&run);
    ck_assert_msg(t->outcome == r->outcome, "%s: %s, not %s", r->name,
                  trace_outcome_name(t->outcome),
                  trace_outcome_name(r->outcome));
    if (r->limits.output)
        ck_assert_uint_eq(bytes_printed(t), r->limits.output);
    if (r->limits.tasks)
        ck_assert_int_le(trace_processes(t), r->limits.tasks + 1);
    if (r->limits.virtual_ns)
        ck_assert_int_le(t->end_ns, r->limits.virtual_ns + second);
    if (r->limits.events)
        ck_assert_uint_le(t->n_events, (size_t)r->limits.events + 100);
    trace_free(t);
}
END_TEST

START_TEST(the_default_limits_end_it_too)
{
    struct observed run;
    init(&run, runaways[_i].name);
    struct trace *t = end_of(&run);
    ck_assert_msg(t->outcome >= TRACE_LIMIT_CPU, "%s: %s", runaways[_i].name,
                  trace_outcome_name(t->outcome));
    trace_free(t);
}
END_TEST

/* At the end the child is stopped at its exit: from there SIGKILL does not take
 * it away. */
START_TEST(a_limit_ends_who_is_dying_already)
{
    for (int events = 5; events < 25; events++) {
        struct observed run;
        init(&run, "dying_child");
        run.request.schedule.kind = _i ? SCHEDULE_PARENT_FIRST
                                       : SCHEDULE_CHILD_FIRST;
        run.request.limits.events = events;
        struct trace *t = end_of(&run);
        ck_assert_int_eq(t->outcome, TRACE_LIMIT_EVENTS);
        trace_free(t);
    }
}
END_TEST

START_TEST(a_full_directory_is_a_failing_write)
{
    struct observed run;
    init(&run, "files");
    run.request.limits =
        (struct observe_limits){.files = 4 << 20, .cpu_ns = second};
    struct trace *t = end_of(&run);
    ck_assert(t->outcome >= TRACE_LIMIT_CPU);
    trace_free(t);
}
END_TEST

static void assert_waits(const struct trace *t, int proc, int thread,
                         enum trace_wait what)
{
    const struct trace_event *e = observed_waiting(t, proc, thread);
    ck_assert_msg(e != NULL, "process %d, thread %d waits", proc, thread);
    ck_assert_int_eq(e->a, what);
    ck_assert_int_eq(e->b, -1);
    ck_assert_ptr_nonnull(e->text);
}

START_TEST(a_deadlock_tells_who_waits_for_what)
{
    struct observed run;
    init(&run, "deadlock");
    struct trace *t = end_of(&run);
    ck_assert_int_eq(t->outcome, TRACE_DEADLOCK);
    assert_waits(t, 0, 0, TRACE_WAIT_READ);
    assert_waits(t, 1, 0, TRACE_WAIT_READ);
    trace_free(t);
    init(&run, "forgotten_pipe");
    t = end_of(&run);
    ck_assert_int_eq(t->outcome, TRACE_DEADLOCK);
    assert_waits(t, 0, 0, TRACE_WAIT_CHILD);
    assert_waits(t, 1, 0, TRACE_WAIT_READ);
    trace_free(t);
    init(&run, "deadlock_mutex");
    t = end_of(&run);
    ck_assert_int_eq(t->outcome, TRACE_DEADLOCK);
    assert_waits(t, 0, 0, TRACE_WAIT_FUTEX);
    assert_waits(t, 0, 1, TRACE_WAIT_FUTEX);
    trace_free(t);
}
END_TEST

START_TEST(a_daemon_that_waits_is_left_waiting)
{
    struct observed run;
    init(&run, "daemon");
    struct trace *t = end_of(&run);
    struct trace_end end = trace_end_of(t, 0);
    ck_assert_int_eq(t->outcome, TRACE_LEFT_WAITING);
    ck_assert_int_eq(end.code, 3);
    ck_assert_int_eq(end.at_ns / second, 1);
    assert_waits(t, 1, 0, TRACE_WAIT_SIGNAL);
    ck_assert_ptr_nonnull(observed_event(t, TRACE_ORPHAN, 1, OBSERVED_ANY));
    trace_free(t);
}
END_TEST

START_TEST(a_daemon_is_watched_as_long_as_asked)
{
    struct trace_lines lines;
    struct observed run;
    init(&run, "daemon_ticks");
    run.request.watch_ns = 60 * second;
    struct trace *t = end_of(&run);
    ck_assert_int_eq(t->outcome, TRACE_LEFT_WAITING);
    ck_assert_int_eq(trace_end_of(t, 0).at_ns / second, 5);
    ck_assert_int_eq(t->end_ns / second, 65);
    ck_assert_int_eq(trace_lines_of(t, 1, 1, &lines), 0);
    ck_assert_uint_eq(lines.n, 7); /* at 0, 10, ... 60 seconds */
    ck_assert_int_eq(lines.line[6].at_ns / second, 60);
    trace_lines_free(&lines);
    trace_free(t);
}
END_TEST

SUITE(runaways)
{
    Suite *suite = suite_create("runaways");
    TCase *tests = tcase_create("runaways");
    int n = sizeof runaways / sizeof *runaways;
    tcase_set_timeout(tests, 600);
    tcase_add_loop_test(tests, a_limit_ends_it, 0, n);
    tcase_add_loop_test(tests, the_default_limits_end_it_too, 0, n);
    tcase_add_loop_test(tests, a_limit_ends_who_is_dying_already, 0, 2);
    tcase_add_test(tests, a_full_directory_is_a_failing_write);
    tcase_add_test(tests, a_deadlock_tells_who_waits_for_what);
    tcase_add_test(tests, a_daemon_that_waits_is_left_waiting);
    tcase_add_test(tests, a_daemon_is_watched_as_long_as_asked);
    suite_add_tcase(suite, tests);
    return suite;
}
