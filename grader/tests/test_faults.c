/* Injected faults: the grammar of rules, and what becomes of calls. */

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "tests/observed.h"
#include "tests/suite.h"

static const int64_t second = 1000000000;

/* --- the grammar ------------------------------------------------------------------ */

static const struct {
    const char *rule;
    int call;        /* one of those that it means */
    unsigned first, last, step;
    struct fault_effect effect;
    const char *place;
} good[] = {
    {"kill:error=EPERM", SYS_kill, 1, 65535, 1,
     {.has_result = true, .result = -EPERM}, ""},
    {"fork:error=EAGAIN:when=3+", SYS_clone, 3, 65535, 1,
     {.has_result = true, .result = -EAGAIN}, ""},
    {"fork:error=EAGAIN:when=2+3", SYS_vfork, 2, 65535, 3,
     {.has_result = true, .result = -EAGAIN}, ""},
    {"fork:error=EAGAIN:when=2..9", SYS_fork, 2, 9, 1,
     {.has_result = true, .result = -EAGAIN}, ""},
    {"fork:error=EAGAIN:when=2..9+4", SYS_fork, 2, 9, 4,
     {.has_result = true, .result = -EAGAIN}, ""},
    {"clone3:error=EAGAIN", SYS_clone, 1, 65535, 1,
     {.has_result = true, .result = -EAGAIN}, ""},
    {"setsid:retval=0x10", SYS_setsid, 1, 65535, 1,
     {.has_result = true, .result = 16}, ""},
    {"read,write:short=5", SYS_write, 1, 65535, 1, {.at_most = 5}, ""},
    {"wait:signal=SIGCHLD", SYS_waitid, 1, 65535, 1, {.signal = SIGCHLD}, ""},
    {"waitpid:signal=CHLD", SYS_wait4, 1, 65535, 1, {.signal = SIGCHLD}, ""},
    {"wait4:signal=17", SYS_wait4, 1, 65535, 1, {.signal = SIGCHLD}, ""},
    {"wait:signal_exit=USR1", SYS_wait4, 1, 65535, 1,
     {.signal_exit = SIGUSR1}, ""},
    {"open:delay_enter=7", SYS_openat, 1, 65535, 1, {.enter_ns = 7000}, ""},
    {"pipe:delay_enter=7us", SYS_pipe2, 1, 65535, 1, {.enter_ns = 7000}, ""},
    {"dup2:delay_exit=7ms", SYS_dup3, 1, 65535, 1, {.exit_ns = 7000000}, ""},
    {"mmap:delay_exit=7ns:delay_enter=2s", SYS_mmap, 1, 65535, 1,
     {.enter_ns = 2000000000, .exit_ns = 7}, ""},
    {"sigaction:error=EINVAL", SYS_rt_sigaction, 1, 65535, 1,
     {.has_result = true, .result = -EINVAL}, ""},
    {"rt_sigaction:error=EINVAL", SYS_rt_sigaction, 1, 65535, 1,
     {.has_result = true, .result = -EINVAL}, ""},
    {"execve:error=ENOENT:process=1.2:when=1", SYS_execve, 1, 1, 1,
     {.has_result = true, .result = -ENOENT}, "1.2"},
    {"exec:error=ENOENT:process=main", SYS_execveat, 1, 65535, 1,
     {.has_result = true, .result = -ENOENT}, "1"},
    {"futex_wait:error=EINTR:signal=ALRM", SYS_futex, 1, 65535, 1,
     {.has_result = true, .result = -EINTR, .signal = SIGALRM}, ""},
};

START_TEST(a_rule_is_read)
{
    struct fault f;
    struct fault_mistake why = {.sentence = "-"};
    int rc = fault_parse(good[_i].rule, &f, &why);
    ck_assert_msg(rc == 0, "%s: %s", good[_i].rule, why.sentence);
    ck_assert(fault_calls_has(&f.calls, good[_i].call));
    ck_assert(!fault_calls_has(&f.calls, SYS_getpid));
    ck_assert_uint_eq(f.first, good[_i].first);
    ck_assert_uint_eq(f.last, good[_i].last);
    ck_assert_uint_eq(f.step, good[_i].step);
    ck_assert_str_eq(f.place, good[_i].place);
    const struct fault_effect *a = &f.effect, *b = &good[_i].effect;
    ck_assert(a->has_result == b->has_result && a->result == b->result);
    ck_assert(a->at_most == b->at_most && a->signal == b->signal);
    ck_assert(a->signal_exit == b->signal_exit);
    ck_assert(a->enter_ns == b->enter_ns && a->exit_ns == b->exit_ns);
}
END_TEST

static const struct {
    const char *rule, *part;
} bad[] = {
    {"", ""},
    {":", ""},
    {"fork", "fork"},
    {"fork:when=2", "fork"},
    {"fokr:error=EAGAIN", "fokr"},
    {"fork,:error=EAGAIN", ""},
    {"fork:", ""},
    {"fork:eror=EAGAIN", "eror"},
    {"fork:error", ""},
    {"fork:error=EAGIAN", "EAGIAN"},
    {"fork:error=0", "0"},
    {"fork:error=4096", "4096"},
    {"fork:error=EAGAIN:retval=3", "3"},
    {"fork:retval=-3", "-3"},
    {"fork:error=EAGAIN:when=0", "0"},
    {"fork:error=EAGAIN:when=3..2", "3..2"},
    {"fork:error=EAGAIN:when=3+0", "3+0"},
    {"fork:error=EAGAIN:when=70000", "70000"},
    {"fork:error=EAGAIN:when=3-5", "3-5"},
    {"fork:error=EAGAIN:when=1:when=2", "2"},
    {"fork:error=EAGAIN:process=1.", "1."},
    {"fork:error=EAGAIN:process=1.0", "1.0"},
    {"fork:error=EAGAIN:process=first", "first"},
    {"fork:signal=SIGFOO", "SIGFOO"},
    {"fork:signal_exit=99", "99"},
    {"fork:delay_enter=2h", "2h"},
    {"fork:delay_enter=0", "0"},
    {"setsid:short=5", "setsid"},
    {"write:short=0", "0"},
    {"write:short=5:error=EIO", "short"},
    {"ptrace:error=EPERM", "ptrace"},
};

START_TEST(a_bad_rule_names_the_wrong_part)
{
    struct fault f;
    struct fault_mistake why;
    ck_assert_int_eq(fault_parse(bad[_i].rule, &f, &why), -EINVAL);
    ck_assert_str_eq(why.part, bad[_i].part);
    ck_assert_uint_gt(strlen(why.sentence), 10);
}
END_TEST

START_TEST(a_rule_of_any_length_is_refused_or_read)
{
    char rule[1024];
    struct fault f;
    for (size_t n = 1; n < sizeof rule; n++) {
        memset(rule, 'x', n - 1);
        rule[n - 1] = '\0';
        ck_assert_int_eq(fault_parse(rule, &f, NULL), -EINVAL);
    }
}
END_TEST

/* --- injected ------------------------------------------------------------------------ */

/* Makes the rules' run of a subject. */
static struct trace *injected(const char *name, const char *argument,
                              const char *rules, enum schedule_kind schedule)
{
    struct observed run;
    struct fault faults[4];
    char copy[256], *rest = copy;
    size_t n = 0;
    snprintf(copy, sizeof copy, "%s", rules);
    for (char *rule; (rule = strsep(&rest, " "));)
        ck_assert_int_eq(fault_parse(rule, &faults[n++], NULL), 0);
    observed_init(&run, name);
    run.argv[1] = argument;
    run.request.faults = faults;
    run.request.n_faults = n;
    run.request.schedule.kind = schedule;
    return observed_trace(&run);
}

static const struct {
    const char *rule, *line;
    int faults; /* TRACE_FAULTs of main; -1: not counted */
} errors[] = {
    {"fork:error=EAGAIN:when=1", "fork: EAGAIN\nvfork: done\n", 1},
    {"fork:error=EAGAIN:when=2", "fork: done\nvfork: EAGAIN\n", 1},
    {"fork:error=EAGAIN:when=3", "vfork: done\nclone: EAGAIN\n", 1},
    {"fork:error=EAGAIN:when=4", "clone: done\nspawn: EAGAIN\n", 1},
    {"fork:error=EAGAIN:when=1..4", "spawn: EAGAIN\nthread: done\n", 4},
    {"clone:error=EAGAIN", "spawn: EAGAIN\nthread: EAGAIN\n", -1},
    {"exec:error=EACCES", "spawn: EACCES\nthread: done\nexec: EACCES\n", -1},
    {"execve:error=EACCES:process=main",
     "spawn: done\nthread: done\nexec: EACCES\n", 1},
    {"exec:error=E2BIG:process=1.4", "spawn: E2BIG\nthread: done\n", 0},
    {"wait:error=EINTR:when=5", "wait: EINTR\nwaitid: done\n", 1},
    {"waitid:error=EINTR", "wait: done\nwaitid: EINTR\n", 1},
    {"kill:error=EPERM", "kill: EPERM\n", 1},
    {"kill:retval=0", "kill: done\n", 1},
    {"pipe:error=EMFILE", "pipe: EMFILE\n", 1},
    {"sigaction:error=EINVAL:when=1+:process=main", "sigaction: EINVAL\n", -1},
    {"setsid:error=EPERM", "setsid: EPERM\n", 0},
    {"setsid:retval=77", "setsid: done\n", 0},
    {"dup2:error=EBADF", "dup2: EBADF\n", 1},
    {"futex_wait:error=EINTR:when=1", "futex: EINTR\n", 1},
    {"mmap:error=ENOMEM:process=1.7", "mmap: ENOMEM\n", 0},
    {"open:error=EACCES:process=1.7", "open: EACCES\n", 0},
    {"write:error=EIO:when=14", "futex: ETIMEDOUT\nwrite: EIO\n", -1},
    {"read:error=EIO:when=2+", "write: done\nread: EIO\n", -1},
};

static int count_faults(const struct trace *t, int proc)
{
    int n = 0;
    for (size_t i = 0; i < t->n_events; i++)
        n += t->events[i].kind == TRACE_FAULT && t->events[i].proc == proc;
    return n;
}

START_TEST(a_call_fails_as_it_was_told_to)
{
    struct trace *t = injected("fault_calls", NULL, errors[_i].rule,
                               SCHEDULE_CHILD_FIRST);
    struct ending end = observed_ending(t);
    ck_assert_msg(end.stream[1] && strstr(end.stream[1], errors[_i].line),
                  "%s:\n%s", errors[_i].rule, end.stream[1]);
    if (errors[_i].faults >= 0)
        ck_assert_int_eq(count_faults(t, 0), errors[_i].faults);
    ck_assert_int_eq(end.code, 0);
    ending_free(&end);
    trace_free(t);
}
END_TEST

static const struct {
    const char *argument, *rules, *output;
    int64_t end_ns;
} signals[] = {
    {NULL, "kill:error=EPERM", "waitpid: done, handler ran 0 times\n", 1},
    {NULL, "wait:signal=USR1", "waitpid: EINTR, handler ran 1 times\n", 1},
    {"restart", "wait:signal=USR1:when=1",
     "waitpid: done, handler ran 1 times\n", 1},
    {"restart", "wait:signal=USR1:when=1..3",
     "waitpid: done, handler ran 3 times\n", 1},
    {NULL, "wait:signal_exit=USR1", "waitpid: done, handler ran 1 times\n", 1},
    /* Ignored by default: the call is made again, and is the same one. */
    {NULL, "wait:signal=CHLD", "waitpid: done, handler ran 0 times\n", 1},
    {NULL, "wait:delay_enter=3s", "waitpid: done, handler ran 0 times\n", 3},
    {NULL, "wait:delay_exit=3s", "waitpid: done, handler ran 0 times\n", 4},
    {NULL, "fork:delay_enter=3s", "waitpid: done, handler ran 0 times\n", 4},
    {NULL, "fork:delay_exit=3s", "waitpid: done, handler ran 0 times\n", 3},
    {NULL, "fork:signal_exit=USR1", "waitpid: done, handler ran 1 times\n", 1},
    {NULL, "sleep:delay_enter=500ms:delay_exit=1500000",
     "waitpid: done, handler ran 0 times\n", 3},
    {NULL, "wait:signal=USR1 wait:delay_enter=2s",
     "waitpid: done, handler ran 1 times\n", 2},
    {NULL, "write:delay_enter=2s:when=1:process=1",
     "waitpid: done, handler ran 0 times\n", 3},
};

static void is_signalled(int row, enum schedule_kind schedule)
{
    struct trace *t = injected("fault_signals", signals[row].argument,
                               signals[row].rules, schedule);
    struct ending end = observed_ending(t);
    ck_assert_ptr_nonnull(end.stream[1]);
    ck_assert_str_eq(end.stream[1], signals[row].output);
    ck_assert(t->end_ns >= signals[row].end_ns * second);
    ck_assert(t->end_ns < signals[row].end_ns * second + second / 50);
    ck_assert(t->exact || schedule == SCHEDULE_FREE);
    ending_free(&end);
    trace_free(t);
}

START_TEST(signals_and_delays_come_at_the_entry_and_the_end)
{
    is_signalled(_i, SCHEDULE_CHILD_FIRST);
    is_signalled(_i, SCHEDULE_PARENT_FIRST);
    is_signalled(_i, SCHEDULE_FREE);
}
END_TEST

START_TEST(births_and_execs_have_an_end_too)
{
    static const char *const rules[] = {
        "fork:delay_exit=2s:when=1",        "fork:delay_exit=2s:when=2",
        "fork:delay_exit=2s:when=3",        "fork:delay_exit=2s:when=4",
        "exec:delay_exit=2s:process=1.4",   "exec:delay_enter=2s:process=1.4",
        "clone:delay_exit=500ms:process=1",
    };
    struct trace *t = injected("fault_calls", NULL, rules[_i],
                               SCHEDULE_CHILD_FIRST);
    ck_assert_int_eq(t->outcome, TRACE_ENDED);
    ck_assert(t->end_ns >= 2 * second && t->end_ns < 4 * second);
    const struct trace_event *e =
        observed_event(t, TRACE_BLOCK, _i == 4 || _i == 5 ? 4 : 0,
                       TRACE_WAIT_SLEEP);
    ck_assert_ptr_nonnull(e);
    ck_assert_str_eq(e->text, "an injected delay");
    trace_free(t);
}
END_TEST

START_TEST(a_deadly_signal_kills_in_the_middle_of_a_call)
{
    static const char *const rules[] = {"wait:signal=KILL", "wait:signal=TERM",
                                        "wait:signal_exit=KILL"};
    struct trace *t = injected("fault_signals", NULL, rules[_i],
                               SCHEDULE_CHILD_FIRST);
    int sig = _i == 1 ? SIGTERM : SIGKILL;
    ck_assert_int_eq(trace_end_of(t, 0).signal, sig);
    ck_assert_int_eq(trace_end_of(t, 1).signal, 0);
    ck_assert_int_eq(t->outcome, TRACE_ENDED);
    trace_free(t);
}
END_TEST

static const struct {
    const char *rules, *output;
} bytes[] = {
    {"write:short=5:when=1",
     "wrote 5 and 12 of 12, read 16: twelvtwelve byte\n"},
    {"write:short=5:when=2", "wrote 12 and 5 of 12, read 16: twelve bytestwel\n"},
    {"write:short=100", "wrote 12 and 12 of 12, read 16: twelve bytestwel\n"},
    {"read:short=3:when=2+", "wrote 12 and 12 of 12, read 3: twe\n"},
    {"write:short=5:when=1 write:short=1:when=1..2",
     "wrote 1 and 1 of 12, read 2: tt\n"},
};

START_TEST(a_short_call_handles_fewer_bytes)
{
    struct trace *t =
        injected("fault_bytes", NULL, bytes[_i].rules, SCHEDULE_CHILD_FIRST);
    struct ending end = observed_ending(t);
    ck_assert_ptr_nonnull(end.stream[1]);
    ck_assert_str_eq(end.stream[1], bytes[_i].output);
    ending_free(&end);
    trace_free(t);
}
END_TEST

START_TEST(a_fault_says_what_and_where)
{
    struct trace *t = injected("fault_calls", NULL, "fork:error=EAGAIN:when=1",
                               SCHEDULE_CHILD_FIRST);
    const struct trace_event *e =
        observed_event(t, TRACE_FAULT, 0, TRACE_FAULT_ERROR);
    ck_assert_ptr_nonnull(e);
    ck_assert_int_eq(e->b, EAGAIN);
    ck_assert_str_eq(e->text, "fork()");
    ck_assert(e->pc != 0);
    trace_free(t);
    t = injected("fault_calls", NULL, "fork:error=EAGAIN:when=2",
                 SCHEDULE_CHILD_FIRST);
    e = observed_event(t, TRACE_FAULT, 0, TRACE_FAULT_ERROR);
    ck_assert_ptr_nonnull(e);
    ck_assert_str_eq(e->text, "vfork()");
    ck_assert(e->pc != 0);
    trace_free(t);
    t = injected("fault_calls", NULL, "execve:error=EPERM:process=1",
                 SCHEDULE_CHILD_FIRST);
    e = observed_event(t, TRACE_FAULT, 0, TRACE_FAULT_ERROR);
    ck_assert_ptr_nonnull(e);
    ck_assert_str_eq(e->text, "execve(./no-such-program)");
    ck_assert_ptr_nonnull(observed_event(t, TRACE_EXEC_FAILED, 0, EPERM));
    trace_free(t);
}
END_TEST

/* Counts of each process are its own. */
START_TEST(each_process_counts_for_itself)
{
    struct trace *t = injected("fork_tree", NULL, "fork:error=EAGAIN:when=2",
                               SCHEDULE_CHILD_FIRST);
    for (int i = 0; i < trace_processes(t); i++)
        ck_assert_int_le(trace_children(t, i), 1);
    trace_free(t);
}
END_TEST

START_TEST(the_same_faults_give_the_same_bytes)
{
    char *text[2];
    for (int i = 0; i < 2; i++) {
        struct trace *t =
            injected("fault_calls", NULL,
                     "fork:delay_enter=1s wait:signal=CHLD write:short=3",
                     SCHEDULE_RANDOM);
        text[i] = observed_json(t);
        trace_free(t);
    }
    ck_assert_str_eq(text[0], text[1]);
    free(text[0]);
    free(text[1]);
}
END_TEST

#define ALL(tc, test, rows)                                                \
    tcase_add_loop_test(tc, test, 0, (int)(sizeof rows / sizeof rows[0]))

SUITE(faults)
{
    Suite *suite = suite_create("faults");
    TCase *rules = tcase_create("rules");
    ALL(rules, a_rule_is_read, good);
    ALL(rules, a_bad_rule_names_the_wrong_part, bad);
    tcase_add_test(rules, a_rule_of_any_length_is_refused_or_read);
    suite_add_tcase(suite, rules);
    TCase *runs = tcase_create("runs");
    tcase_set_timeout(runs, 30);
    ALL(runs, a_call_fails_as_it_was_told_to, errors);
    ALL(runs, signals_and_delays_come_at_the_entry_and_the_end, signals);
    tcase_add_loop_test(runs, births_and_execs_have_an_end_too, 0, 7);
    tcase_add_loop_test(runs, a_deadly_signal_kills_in_the_middle_of_a_call, 0,
                        3);
    ALL(runs, a_short_call_handles_fewer_bytes, bytes);
    tcase_add_test(runs, a_fault_says_what_and_where);
    tcase_add_test(runs, each_process_counts_for_itself);
    tcase_add_test(runs, the_same_faults_give_the_same_bytes);
    suite_add_tcase(suite, runs);
    return suite;
}
