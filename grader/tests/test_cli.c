/* The command line, tried as a person would: each script cli/NAME.sh is a test,
 * run in a fresh directory with PROCLAB, the program, and REPOSITORY in its
 * environment.  It passes if it exits with 0; else what it printed is shown.
 */

#include <fcntl.h>
#include <glob.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/place.h"
#include "tests/suite.h"

enum { SCRIPTS_MAX = 64, TIMEOUT_S = 900, SHOWN_MAX = 3000 };

struct script {
    char path[PATH_MAX];
    char name[64];
    TTest test; /* Check keeps a pointer to it */
};
static struct script scripts[SCRIPTS_MAX];

/* grader/tests/cli/NAME.sh: three directories up. */
static void path_of_repository(const char *script, char *path)
{
    strcpy(path, script);
    for (int i = 0; i < 4; i++)
        *strrchr(path, '/') = '\0';
}

static _Noreturn void run_in(const char *dir, const char *script, int log)
{
    char proclab[PATH_MAX], repository[PATH_MAX];
    place_of_built("proclab", proclab, sizeof proclab);
    path_of_repository(script, repository);
    int null = open("/dev/null", O_RDONLY);
    dup2(null, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    setenv("PROCLAB", proclab, 1);
    setenv("REPOSITORY", repository, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    /* The make that runs the tests is none of a script's business. */
    unsetenv("MAKEFLAGS");
    unsetenv("MAKELEVEL");
    if (chdir(dir) == 0)
        execlp("bash", "bash", script, (char *)NULL);
    _exit(127);
}

/* The end of the log: that is where the reason stands. */
static void read_log(int log, char *text, size_t size)
{
    off_t len = lseek(log, 0, SEEK_END);
    off_t from = len > (off_t)size - 1 ? len - (off_t)size + 1 : 0;
    ssize_t n = pread(log, text, size - 1, from);
    text[n > 0 ? n : 0] = '\0';
}

static void run_script(int index)
{
    const struct script *script = &scripts[index];
    char dir[] = "/tmp/proclab-test-XXXXXX";
    ck_assert_ptr_nonnull(mkdtemp(dir));
    /* Where we are root the compiler and the programs are another user. */
    ck_assert_int_eq(chmod(dir, 0755), 0);
    int log = memfd_create("log", MFD_CLOEXEC);
    pid_t pid = fork();
    if (pid == 0)
        run_in(dir, script->path, log);
    int status = -1;
    waitpid(pid, &status, 0);
    place_remove(dir);
    char text[SHOWN_MAX];
    read_log(log, text, sizeof text);
    close(log);
    ck_assert_msg(status == 0, "%s: wait status %#x\n%s", script->path,
                  (unsigned)status, text);
}

/* "cli/run_status.sh" is the test "run_status". */
static void add_script(TCase *tc, int index, const char *path)
{
    struct script *script = &scripts[index];
    if (!realpath(path, script->path)) /* no ck_assert outside of a test */
        abort();
    const char *file = strrchr(path, '/') + 1;
    snprintf(script->name, sizeof script->name, "%.*s", (int)strcspn(file, "."),
             file);
    script->test = (TTest){script->name, run_script, __FILE__, __LINE__};
    tcase_add_loop_test(tc, &script->test, index, index + 1);
}

SUITE(cli)
{
    Suite *suite = suite_create("cli");
    TCase *tc = tcase_create("scripts");
    tcase_set_timeout(tc, TIMEOUT_S);
    suite_add_tcase(suite, tc);
    char pattern[PATH_MAX];
    place_of_source("grader/tests/cli/*.sh", pattern, sizeof pattern);
    glob_t found;
    if (glob(pattern, 0, NULL, &found) == 0)
        for (size_t i = 0; i < found.gl_pathc && i < SCRIPTS_MAX; i++)
            add_script(tc, (int)i, found.gl_pathv[i]);
    globfree(&found);
    return suite;
}
