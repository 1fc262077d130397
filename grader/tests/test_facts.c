/* What the observer says of the processes of the subject `facts`. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "tests/observed.h"
#include "tests/suite.h"

#define S INT64_C(1000000000)
#define HAS(mask, sig) ((mask) >> ((sig) - 1) & 1)

enum { MAIN, CHILD, STARTER, DAEMON };

static const struct observe_step looks[] = {
    {.at_ns = S / 2, .kind = OBSERVE_LOOK},
    {.at_ns = S + S / 2, .kind = OBSERVE_LOOK},
};

static struct trace *trace;

static void observe_once(void)
{
    struct observed run;
    observed_init(&run, "facts");
    run.request.steps = looks;
    run.request.n_steps = 2;
    run.request.look_at_exec = run.request.look_at_exit = true;
    trace = observed_trace(&run);
}

static void forget(void)
{
    trace_free(trace);
}

static const struct trace_facts *facts_of(int proc, enum trace_moment moment)
{
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_FACTS && e->proc == proc && e->a == moment)
            return e->facts;
    }
    ck_abort_msg("no facts of process %d", proc);
    return NULL;
}

static void expect(const struct trace_facts *facts, int number,
                   enum trace_object object, int access, const char *path)
{
    const struct trace_descriptor *d = trace_descriptor(facts, number);
    ck_assert_msg(d != NULL, "descriptor %d is not there", number);
    ck_assert_int_eq(d->object, object);
    ck_assert_int_eq(d->access, access);
    ck_assert_int_eq(d->path != NULL, path != NULL);
    if (path)
        ck_assert_str_eq(d->path, path);
}

START_TEST(ids_of_a_daemon)
{
    const struct trace_facts *f = facts_of(DAEMON, TRACE_AT_STEP);
    ck_assert_int_eq(f->parent, TRACE_OUTSIDE);
    ck_assert_int_eq(f->session, STARTER);
    ck_assert_int_eq(f->group, STARTER);
    ck_assert(!f->terminal);
    ck_assert_str_eq(f->cwd, "/tmp");
    ck_assert_str_eq(f->root, "/");
    ck_assert_int_eq(f->umask, 027);
    ck_assert_int_eq(f->uid, 1000);
    ck_assert_int_eq(f->euid, 1000);
    ck_assert_int_eq(f->gid, 1000);
    ck_assert_int_eq(f->egid, 1000);
    ck_assert(HAS(f->blocked, SIGHUP));
}
END_TEST

START_TEST(descriptors_of_a_daemon)
{
    const struct trace_facts *f = facts_of(DAEMON, TRACE_AT_STEP);
    for (int fd = 0; fd < 3; fd++)
        expect(f, fd, TRACE_NULL_DEVICE, TRACE_READS | TRACE_WRITES,
               "/dev/null");
    expect(f, 3, TRACE_FILE, TRACE_READS | TRACE_WRITES, "/tmp/lab/lock");
    ck_assert(!trace_descriptor(f, 3)->close_on_exec);
    ck_assert_uint_eq(f->n_descriptors, 4);
}
END_TEST

START_TEST(a_pipe_and_who_is_at_its_ends)
{
    const struct trace_facts *m = facts_of(MAIN, TRACE_AT_STEP),
                             *c = facts_of(CHILD, TRACE_AT_STEP);
    expect(m, 0, TRACE_NULL_DEVICE, TRACE_READS, "/dev/null");
    expect(m, 1, TRACE_STANDARD, TRACE_WRITES, NULL);
    expect(m, 2, TRACE_STANDARD, TRACE_WRITES, NULL);
    ck_assert_int_eq(trace_descriptor(m, 2)->ordinal, 2);
    ck_assert(!trace_descriptor(m, 3));
    expect(m, 4, TRACE_PIPE, TRACE_READS, NULL);
    expect(m, 5, TRACE_PIPE, TRACE_WRITES, NULL);
    ck_assert_int_eq(trace_descriptor(m, 4)->ordinal, 1);
    ck_assert_int_eq(trace_descriptor(m, 5)->ordinal, 1);
    ck_assert(trace_descriptor(m, 5)->close_on_exec);
    expect(c, 4, TRACE_PIPE, TRACE_READS, NULL);
    ck_assert_int_eq(trace_descriptor(c, 4)->ordinal, 1);
    expect(c, 5, TRACE_ANONYMOUS, TRACE_READS | TRACE_WRITES, "eventfd");
}
END_TEST

START_TEST(signals_group_and_nice_of_a_child)
{
    const struct trace_facts *f = facts_of(CHILD, TRACE_AT_STEP);
    ck_assert_int_eq(f->parent, MAIN);
    ck_assert_int_eq(f->group, CHILD);
    ck_assert_int_eq(f->session, TRACE_OUTSIDE);
    ck_assert_int_eq(f->nice, 19);
    ck_assert(HAS(f->ignored, SIGPIPE));
    ck_assert_uint_eq(f->caught, 0);
    ck_assert_str_eq(f->cwd, "/tmp/lab");
    ck_assert_int_eq(f->umask, 022);
}
END_TEST

START_TEST(looks_see_who_lives_at_their_time)
{
    int n[2] = {0};
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind != TRACE_FACTS || e->a != TRACE_AT_STEP)
            continue;
        ck_assert(e->t_ns == looks[0].at_ns || e->t_ns == looks[1].at_ns);
        ck_assert_int_ne(e->proc, STARTER);
        n[e->t_ns == looks[1].at_ns]++;
    }
    ck_assert_int_eq(n[0], 3);
    ck_assert_int_eq(n[1], 2); /* the child has ended */
    ck_assert_int_eq(trace_last_look(trace, STARTER), -1);
}
END_TEST

START_TEST(looks_at_exec_and_exit_see_everyone)
{
    ck_assert_uint_eq(facts_of(MAIN, TRACE_AT_EXEC)->n_descriptors, 3);
    ck_assert_str_eq(facts_of(MAIN, TRACE_AT_EXEC)->command, "./facts");
    for (int proc = MAIN; proc <= DAEMON; proc++)
        facts_of(proc, TRACE_AT_EXIT);
    ck_assert_int_eq(facts_of(STARTER, TRACE_AT_EXIT)->session, STARTER);
    ck_assert(!trace_descriptor(facts_of(MAIN, TRACE_AT_EXIT), 5));
}
END_TEST

static struct trace *look_under(const struct schedule *schedule, size_t n)
{
    struct observed run;
    observed_init(&run, "facts");
    run.request.schedule = *schedule;
    run.request.steps = looks;
    run.request.n_steps = n;
    return observed_trace(&run);
}

static const struct schedule schedules[] = {
    {.kind = SCHEDULE_CHILD_FIRST},
    {.kind = SCHEDULE_PARENT_FIRST},
    {.kind = SCHEDULE_RANDOM, .seed = 3},
    {.kind = SCHEDULE_RANDOM, .seed = 4},
};

START_TEST(a_look_gives_the_same_bytes_each_time)
{
    struct trace *one = look_under(&schedules[_i], 2);
    struct trace *two = look_under(&schedules[_i], 2);
    char *a = observed_json(one), *b = observed_json(two);
    ck_assert_str_eq(a, b);
    free(a), free(b);
    trace_free(one), trace_free(two);
}
END_TEST

START_TEST(a_look_changes_nothing_else)
{
    struct trace *with = look_under(&schedules[_i], 2);
    struct trace *without = look_under(&schedules[_i], 0);
    size_t k = 0;
    for (size_t i = 0; i < with->n_events; i++) {
        if (with->events[i].kind == TRACE_FACTS)
            continue;
        ck_assert_uint_lt(k, without->n_events);
        ck_assert_int_eq(with->events[i].kind, without->events[k].kind);
        ck_assert_int_eq(with->events[i].proc, without->events[k].proc);
        ck_assert_int_eq(with->events[i].t_ns, without->events[k].t_ns);
        k++;
    }
    ck_assert_uint_eq(k, without->n_events);
    ck_assert_uint_eq(with->n_decisions, without->n_decisions);
    for (size_t i = 0; i < with->n_decisions; i++) {
        const struct trace_decision *a = &with->decisions[i];
        const struct trace_decision *b = &without->decisions[i];
        ck_assert_int_eq(a->kind, b->kind);
        ck_assert_int_eq(a->options, b->options);
        ck_assert_int_eq(a->chosen, b->chosen);
        ck_assert_int_eq(a->proc, b->proc);
    }
    trace_free(with), trace_free(without);
}
END_TEST

SUITE(facts)
{
    Suite *suite = suite_create("facts");
    TCase *tc = tcase_create("facts");
    int n = sizeof schedules / sizeof *schedules;
    tcase_set_timeout(tc, 30);
    tcase_add_unchecked_fixture(tc, observe_once, forget);
    tcase_add_test(tc, ids_of_a_daemon);
    tcase_add_test(tc, descriptors_of_a_daemon);
    tcase_add_test(tc, a_pipe_and_who_is_at_its_ends);
    tcase_add_test(tc, signals_group_and_nice_of_a_child);
    tcase_add_test(tc, looks_see_who_lives_at_their_time);
    tcase_add_test(tc, looks_at_exec_and_exit_see_everyone);
    tcase_add_loop_test(tc, a_look_gives_the_same_bytes_each_time, 0, n);
    tcase_add_loop_test(tc, a_look_changes_nothing_else, 0, n);
    suite_add_tcase(suite, tc);
    return suite;
}
