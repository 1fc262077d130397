/* N=200 unit-tests load: the long form.
 *
 * The same events and the same decisions each time, also while others want
 * every CPU: what the kernel tells sooner or later must not show. */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/observed.h"
#include "tests/place.h"
#include "tests/suite.h"

enum { RUNS = 10, SECONDS = 120 };

static const struct {
    const char *subject;
    struct schedule schedule;
} cases[] = {
    /* The leader's end may be told before or after it has been acted on. */
    {"thread_detach", {.kind = SCHEDULE_PARENT_FIRST}},
    {"thread_exit_group", {.kind = SCHEDULE_PARENT_FIRST}},
    {"thread_leader_exits", {.kind = SCHEDULE_PARENT_FIRST}},
    {"thread_exec", {.kind = SCHEDULE_RANDOM, .seed = 3}},
    {"signal_deaths", {.kind = SCHEDULE_RANDOM, .seed = 4}},
};

/* Burns until nobody holds the other end of the pipe. */
static _Noreturn void burn(int fd)
{
    char c;
    fcntl(fd, F_SETFL, O_NONBLOCK);
    while (read(fd, &c, 1) != 0)
        for (volatile int i = 0; i < 100000; i++)
            ;
    _exit(0);
}

/* Two for each CPU; they are nobody's children, as observe() wants none.
 * @return what to close to end them */
static int load_machine(void)
{
    int fds[2];
    ck_assert_int_eq(pipe(fds), 0);
    pid_t middle = fork();
    if (middle == 0) {
        close(fds[1]);
        for (long i = 0; i < 2 * sysconf(_SC_NPROCESSORS_ONLN); i++)
            if (fork() == 0)
                burn(fds[0]);
        _exit(0);
    }
    waitpid(middle, NULL, 0);
    close(fds[0]);
    return fds[1];
}

static char *observe_once(int i)
{
    struct observed run;
    observed_init(&run, cases[i].subject);
    run.request.schedule = cases[i].schedule;
    struct trace *trace = observed_trace(&run);
    char *json = observed_json(trace);
    trace_free(trace);
    return json;
}

START_TEST(the_same_trace_under_load)
{
    int load = load_machine();
    char *first = observe_once(_i);
    const long runs = place_number("N", RUNS);
    for (int n = 1; n < runs; n++) {
        char *again = observe_once(_i);
        size_t same = 0;
        while (first[same] && first[same] == again[same])
            same++;
        ck_assert_msg(strcmp(first, again) == 0,
                      "%s: run %d:\n%.800s\n---\n%.800s", cases[_i].subject,
                      n, first + same, again + same);
        free(again);
    }
    free(first);
    close(load);
}
END_TEST

SUITE(load)
{
    Suite *suite = suite_create("load");
    TCase *tc = tcase_create("load");
    tcase_set_timeout(tc, getenv("N") ? 0 : SECONDS);
    tcase_add_loop_test(tc, the_same_trace_under_load, 0,
                        sizeof cases / sizeof *cases);
    suite_add_tcase(suite, tc);
    return suite;
}
