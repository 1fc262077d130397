/* The machine that a program sees is the same each time, whoever grades: the
 * subject `machine` lists it. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <grp.h>
#include <stdio.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/observe.h"
#include "tests/suite.h"
#include "trace/query.h"

enum { ROOM = 16384, SOME_USER = 1234 };

static char *shared_text(void)
{
    return mmap(NULL, ROOM, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                -1, 0);
}

static void append_output(const struct trace *trace, char *to)
{
    size_t n = 0;
    for (size_t i = 0; i < trace->n_events; i++) {
        const struct trace_event *e = &trace->events[i];
        if (e->kind == TRACE_WRITE && n + e->len < ROOM) {
            memcpy(to + n, e->text, e->len);
            n += e->len;
        }
    }
}

/* The subjects' directory, open: another user may not have the right to pass
 * through what lies above it. */
static int subjects = -1;

static void open_subjects(void)
{
    const char *dir = getenv("PROCLAB_SUBJECTS");
    subjects = open(dir ? dir : "build/subjects", O_PATH | O_DIRECTORY);
    ck_assert_int_ge(subjects, 0);
}

static int look(char *to)
{
    const char *argv[] = {"./machine", "one", NULL};
    struct observe_request request = {
        .argv = argv, .program = "./machine", .seed = 7,
        .world = OBSERVE_GRADE};
    struct trace *trace;
    int r = fchdir(subjects);
    r = r < 0 ? r : observe(&request, &trace, NULL);
    if (r < 0)
        return r;
    append_output(trace, to);
    trace_free(trace);
    return 0;
}

/* In a process of its own, prepared by `change`. */
static int look_after(void (*change)(void), char *to)
{
    int status;
    pid_t pid = fork();
    if (pid == 0) {
        change();
        _exit(look(to) < 0 ? 1 : 0);
    }
    waitpid(pid, &status, 0);
    return status;
}

static void change_nothing(void)
{
}

static void become_another(void)
{
    gid_t groups[] = {7, 8, 9};
    if (setgroups(3, groups) < 0 ||
        setresgid(SOME_USER, SOME_USER, SOME_USER) < 0 ||
        setresuid(SOME_USER, SOME_USER, SOME_USER) < 0 ||
        prctl(PR_SET_DUMPABLE, 1) < 0) /* as after an exec */
        _exit(2);
}

static void disorder(void)
{
    sigset_t all;
    sigfillset(&all);
    sigprocmask(SIG_BLOCK, &all, NULL);
    signal(SIGINT, SIG_IGN);
    signal(SIGCHLD, SIG_IGN);
    signal(SIGCHLD, SIG_DFL);
    setenv("LD_BIND_NOW", "1", 1);
    setenv("HOME", "/nowhere", 1);
    umask(077);
    setrlimit(RLIMIT_NPROC, &(struct rlimit){4000, 4000});
    setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){1 << 20, 1 << 20});
    setrlimit(RLIMIT_CPU, &(struct rlimit){1000, RLIM_INFINITY});
    if (chdir("/") < 0 || setpriority(PRIO_PROCESS, 0, 3) < 0)
        _exit(2);
    dup2(1, 77);
}

static const struct {
    const char *who;
    void (*change)(void);
    bool as_root;
} changes[] = {
    {"the same again", change_nothing, false},
    {"another user with groups", become_another, true},
    {"a disorderly caller", disorder, false},
};

START_TEST(a_program_sees_the_same_machine)
{
    char *first = shared_text(), *other = shared_text();
    if (changes[_i].as_root && geteuid() != 0)
        return;
    open_subjects();
    ck_assert_int_eq(look_after(change_nothing, first), 0);
    ck_assert_int_eq(look_after(changes[_i].change, other), 0);
    ck_assert_ptr_nonnull(strstr(first, "uid 1000 1000 gid 1000 1000"));
    ck_assert_ptr_nonnull(strstr(first, "host lab umask 022"));
    ck_assert_ptr_nonnull(strstr(first, "directory /tmp/lab\n"));
    ck_assert_msg(strcmp(first, other) == 0, "%s: was\n%s\nis\n%s",
                  changes[_i].who, first, other);
}
END_TEST

SUITE(machine)
{
    Suite *suite = suite_create("machine");
    TCase *tc = tcase_create("machine");
    tcase_set_timeout(tc, 30);
    tcase_add_loop_test(tc, a_program_sees_the_same_machine, 0,
                        (int)(sizeof changes / sizeof changes[0]));
    suite_add_tcase(suite, tc);
    return suite;
}
