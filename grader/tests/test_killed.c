/* A grading that is killed by SIGKILL leaves nothing behind, whenever that
 * happens: no process, no file, no IPC object.
 *
 * N moments are tried, drawn from SEED.  The test is the reaper of all that
 * descends from the grader (PR_SET_CHILD_SUBREAPER), so it cannot miss one: a
 * pid namespace goes with its init, and init is such a descendant. */

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

#include "tests/place.h"
#include "tests/suite.h"

enum { MOMENTS = 8, GONE_WITHIN_MS = 300000 };

static struct {
    char directory[64];  /* holds the submission and tmp, the grader's TMPDIR */
    double whole_s;      /* what a grading takes that nobody kills */
} lab = {.directory = "/tmp/proclab-killed-XXXXXX"};

static double now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sleep_s(double seconds)
{
    struct timespec t = {.tv_sec = (time_t)seconds};
    t.tv_nsec = (long)((seconds - (double)t.tv_sec) * 1e9);
    nanosleep(&t, NULL);
}

static void in_lab(const char *name, char path[static PATH_MAX])
{
    snprintf(path, PATH_MAX, "%s/%s", lab.directory, name);
}

static _Noreturn void be_grader(void)
{
    char proclab[PATH_MAX], submission[PATH_MAX], tmp[PATH_MAX];
    place_of_built("proclab", proclab, sizeof proclab);
    in_lab("submission", submission);
    in_lab("tmp", tmp);
    setenv("TMPDIR", tmp, 1);
    if (!freopen("/dev/null", "w", stdout))
        _exit(127);
    execl(proclab, "proclab", "grade", submission, (char *)NULL);
    _exit(127);
}

static pid_t start_grader(void)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        be_grader();
    return pid;
}

/* @return its exit status, or -1: it was killed */
static int status_of(pid_t pid)
{
    int status = 0;
    if (waitpid(pid, &status, 0) != pid || !WIFEXITED(status))
        return -1;
    return WEXITSTATUS(status);
}

/* The solutions, but one exercise is the litterer's. */
static void make_submission(void)
{
    char solutions[PATH_MAX], litter[PATH_MAX], command[3 * PATH_MAX];
    place_of_source("solutions", solutions, sizeof solutions);
    place_of_source("grader/tests/litter", litter, sizeof litter);
    snprintf(command, sizeof command,
             "cp -rL '%s' %s/submission && cp -r '%s/.' %s/submission",
             solutions, lab.directory, litter, lab.directory);
    if (system(command) != 0)
        abort();
}

static void set_up(void)
{
    char path[PATH_MAX];
    if (!mkdtemp(lab.directory) || chmod(lab.directory, 0755) != 0)
        abort();
    in_lab("tmp", path);
    mkdir(path, 0755);
    make_submission();
    double start = now_s();
    /* The litterer earns nothing: points are missing. */
    if (status_of(start_grader()) != 1)
        abort();
    lab.whole_s = now_s() - start;
}

static void tear_down(void)
{
    place_remove(lab.directory);
}

/* Names of those that are still there. */
static void tell_children(char *text, size_t size)
{
    char path[64], comm[32];
    int pid;
    text[0] = '\0';
    snprintf(path, sizeof path, "/proc/self/task/%d/children", gettid());
    FILE *children = fopen(path, "r");
    while (children && fscanf(children, "%d", &pid) == 1) {
        snprintf(path, sizeof path, "/proc/%d/comm", pid);
        FILE *in = fopen(path, "r");
        if (in && fgets(comm, sizeof comm, in) && strlen(text) + 64 < size)
            sprintf(strchr(text, '\0'), "%d %s", pid, comm);
        if (in)
            fclose(in);
    }
    if (children)
        fclose(children);
}

/* Every descendant becomes our child when its parent is gone. */
static void expect_no_process(void)
{
    char left[600];
    double deadline = now_s() + GONE_WITHIN_MS / 1000.0;
    pid_t pid;
    while ((pid = waitpid(-1, NULL, WNOHANG)) >= 0) {
        if (pid > 0)
            continue;
        tell_children(left, sizeof left);
        ck_assert_msg(now_s() < deadline, "still there:\n%s", left);
        sleep_s(0.001);
    }
}

static void expect_no_file(const char *pattern)
{
    glob_t found;
    if (glob(pattern, GLOB_PERIOD, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc; i++) {
            const char *name = strrchr(found.gl_pathv[i], '/') + 1;
            ck_assert_msg(strcmp(name, ".") == 0 || strcmp(name, "..") == 0,
                          "there is a file %s", found.gl_pathv[i]);
        }
    globfree(&found);
}

/* The first column is the key. */
static void expect_no_key(const char *table)
{
    char line[300];
    FILE *in = fopen(table, "r");
    while (in && fgets(line, sizeof line, in))
        ck_assert_msg(atol(line) != 0x70726c62, "%s: %s", table, line);
    if (in)
        fclose(in);
}

static void expect_nothing_left(void)
{
    char mine[PATH_MAX];
    expect_no_process();
    in_lab("tmp/*", mine);
    expect_no_file(mine);
    in_lab("tmp/.*", mine);
    expect_no_file(mine);
    expect_no_file("/tmp/proclab-litter*");
    expect_no_file("/dev/shm/*proclab-litter*");
    expect_no_file("/dev/mqueue/proclab-litter*");
    expect_no_key("/proc/sysvipc/shm");
    expect_no_key("/proc/sysvipc/sem");
    expect_no_key("/proc/sysvipc/msg");
}

START_TEST(a_whole_grading_leaves_nothing)
{
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    ck_assert_int_eq(status_of(start_grader()), 1);
    expect_nothing_left();
}
END_TEST

/* The moment, as a part of a whole grading; drawn from SEED. */
static double moment(int i)
{
    unsigned short state[3] = {(unsigned short)place_number("SEED", 1),
                               (unsigned short)i, 0x330e};
    erand48(state);
    return 0.95 * erand48(state);
}

/* Kills the grader after some seconds.  @return whether it was still at it */
static bool kill_after(double seconds)
{
    int status = 0;
    pid_t pid = start_grader();
    ck_assert_int_gt(pid, 0);
    sleep_s(seconds);
    kill(pid, SIGKILL);
    waitpid(pid, &status, 0);
    return WIFSIGNALED(status);
}

START_TEST(a_killed_grading_leaves_nothing)
{
    double after = moment(_i) * lab.whole_s;
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    /* It may have got faster meanwhile, as other load ended. */
    while (!kill_after(after)) {
        expect_nothing_left();
        after *= 0.7;
    }
    printf("killed after %.3f s of %.3f s\n", after, lab.whole_s);
    fflush(stdout);
    expect_nothing_left();
}
END_TEST

SUITE(killed)
{
    Suite *suite = suite_create("killed");
    TCase *tc = tcase_create("moments");
    tcase_set_timeout(tc, 600);
    tcase_add_unchecked_fixture(tc, set_up, tear_down);
    tcase_add_test(tc, a_whole_grading_leaves_nothing);
    tcase_add_loop_test(tc, a_killed_grading_leaves_nothing, 0,
                        (int)place_number("N", MOMENTS));
    suite_add_tcase(suite, tc);
    return suite;
}
