#include "cli/probes.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/seccomp.h>
#include <sched.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "course/build.h"
#include "observer/observe.h"
#include "sandbox/machine.h"
#include "sandbox/workdir.h"

#define FOUND(f, ...) snprintf((f)->seen, sizeof(f)->seen, __VA_ARGS__)

/* "what happened; what to do", as the libraries say it. */
static void take_why(const char *why, struct finding *f)
{
    const char *remedy = strstr(why, "; ");
    FOUND(f, "%.*s", (int)(remedy ? remedy - why : (long)strlen(why)), why);
    if (remedy)
        snprintf(f->remedy, sizeof f->remedy, "%s", remedy + 2);
}

static bool well(int rc, const char *why, struct finding *f)
{
    if (rc < 0)
        take_why(why ? why : strerror(-rc), f);
    return rc == 0;
}

/* --- what grading does ------------------------------------------------- */

/* The observer itself says best what it lacks. */
static bool try_run(struct finding *f)
{
    const char *why = NULL;
    int rc = observe_ready(OBSERVE_RUN, &why);
    return well(rc, why, f);
}

static bool try_grade(struct finding *f)
{
    const char *why = NULL;
    int rc = observe_ready(OBSERVE_GRADE, &why);
    return well(rc, why, f);
}

static bool try_compile(struct finding *f)
{
    const char *why = NULL;
    int rc = build_ready(&why);
    return well(rc, why, f);
}

static bool try_workdir(struct finding *f)
{
    const char *path;
    int rc = workdir_make(&path);
    if (rc == 0)
        workdir_remove();
    return well(rc, NULL, f);
}

/* --- what the kernel allows -------------------------------------------- */

static bool try_ptrace(struct finding *f)
{
    const char *why = NULL;
    int rc = observe_ptrace_ready(&why);
    return well(rc, why, f);
}

/* Root may be without the right that Yama 2 asks for: ptrace is tried. */
static bool try_yama(struct finding *f)
{
    long scope = machine_number("/proc/sys/kernel/yama/ptrace_scope");
    if (scope < 0)
        return FOUND(f, "not in this kernel, so nothing is restricted"), true;
    if (scope < 2 || (scope == 2 && observe_ptrace_ready(NULL) == 0))
        return FOUND(f, "ptrace_scope is %ld, which is enough", scope), true;
    take_why(machine_no_ptrace(), f);
    return false;
}

static bool try_seccomp(struct finding *f)
{
    uint32_t action = SECCOMP_RET_TRACE;
    if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0)
        return true;
    take_why(machine_no_filter(), f);
    return false;
}

/* Some machines allow a user namespace, but nothing in it: so something is
 * done, as whoever has all rights in it. */
static int do_without(int flags)
{
    if (unshare(flags) < 0)
        return errno;
    if (flags & CLONE_NEWNS &&
        mount("none", "/", NULL, MS_REC | MS_SLAVE, NULL) < 0)
        return errno;
    return 0;
}

/* In a process of its own: there is no way back. */
static bool try_unshare(int flags, struct finding *f)
{
    pid_t child = fork();
    if (child == 0)
        _exit(do_without(flags));
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0)
        return FOUND(f, "fork: %s", strerror(errno)), false;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    take_why(machine_no_nest(WIFEXITED(status) ? WEXITSTATUS(status) : EPERM,
                             ""),
             f);
    return false;
}

static bool try_user_namespace(struct finding *f)
{
    return try_unshare(CLONE_NEWUSER, f);
}

static bool try_pid_namespace(struct finding *f)
{
    return try_unshare(CLONE_NEWUSER | CLONE_NEWPID, f);
}

static bool try_mount_namespace(struct finding *f)
{
    return try_unshare(CLONE_NEWUSER | CLONE_NEWNS, f);
}

/* --- how it is known that a process is blocked ------------------------- */

static bool read_line(const char *path, char *line, size_t size)
{
    FILE *file = fopen(path, "re");
    bool read = file && fgets(line, (int)size, file);
    if (file)
        fclose(file);
    if (read)
        line[strcspn(line, "\n")] = '\0';
    return read;
}

/* The third number: how often we were given a CPU. */
static bool run_count(unsigned long long *count)
{
    char line[128];
    return read_line("/proc/thread-self/schedstat", line, sizeof line) &&
           sscanf(line, "%*u %*u %llu", count) == 1;
}

static bool try_schedstat(struct finding *f)
{
    unsigned long long before = 0, after = 0;
    if (!run_count(&before))
        return FOUND(f, "cannot read /proc/thread-self/schedstat"), false;
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    bool counts = run_count(&after) && after > before;
    if (!counts)
        FOUND(f, "it stays at %llu over a sleep", before);
    return counts;
}

/* "running" as long as it has not reached its system call. */
static bool shows_blocked(pid_t child)
{
    char path[64], line[256] = "";
    snprintf(path, sizeof path, "/proc/%d/syscall", (int)child);
    for (int i = 0; i < 1000; i++) {
        if (!read_line(path, line, sizeof line))
            return false;
        if (strcmp(line, "running") != 0)
            return true;
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    }
    return false;
}

static bool try_proc_syscall(struct finding *f)
{
    pid_t child = fork();
    if (child == 0)
        for (;;)
            pause();
    if (child < 0)
        return FOUND(f, "fork: %s", strerror(errno)), false;
    bool shows = shows_blocked(child);
    if (!shows)
        FOUND(f, "cannot read it, or it shows nothing");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return shows;
}

/* --- tools ------------------------------------------------------------- */

/* The first line that the command prints says best why it does not work. */
static bool works(const char *command, struct finding *f)
{
    FILE *output = popen(command, "re");
    char line[256] = "", rest[256];
    if (!output)
        return FOUND(f, "%s", strerror(errno)), false;
    if (fgets(line, sizeof line, output))
        while (fgets(rest, sizeof rest, output))
            ;
    if (pclose(output) == 0)
        return true;
    FOUND(f, "%.*s", (int)strcspn(line, "\n"), line);
    return false;
}

/* A compiler without libc's headers and files is there, and useless. */
static bool try_compiler(struct finding *f)
{
    return works("gcc -fsyntax-only -include stdio.h -x c /dev/null 2>&1", f);
}

static bool try_make(struct finding *f)
{
    return works("make --version 2>&1", f);
}

static bool try_libraries(struct finding *f)
{
    return works("pkg-config --print-errors --exists "
                 "check libseccomp jansson libdw nettle libcyaml 2>&1",
                 f);
}

static bool try_valgrind(struct finding *f)
{
    return works("valgrind --version 2>&1", f);
}

static bool try_pandoc(struct finding *f)
{
    return works("pandoc --version 2>&1", f);
}

/* Debian has it under three names. */
static bool try_chromium(struct finding *f)
{
    return works("command -v chromium chromium-headless-shell "
                 "chromium-shell >/dev/null || { echo not found; exit 1; }",
                 f);
}

static bool try_bubblewrap(struct finding *f)
{
    return works("bwrap --unshare-all --ro-bind / / true 2>&1", f);
}

static bool try_graphviz(struct finding *f)
{
    return works("dot -V 2>&1", f);
}

static bool try_fonts(struct finding *f)
{
    return works("{ fc-match -f '%{file}\\n' sans-serif:lang=en && "
                 "fc-match -f '%{file}\\n' monospace:lang=en; } 2>&1 | "
                 "{ read a && read b && [ -f \"$a\" ] && [ -f \"$b\" ]; } || "
                 "{ echo 'no font for text and programs'; exit 1; }",
                 f);
}

#define ALL "students and instructors"
#define LOCKED "it cannot be told whether a process is blocked"

static const struct probe all_probes[] = {
    {"ptrace", PROBE_EXPLAINS, try_ptrace, ALL,
     "neither 'proclab run' nor 'proclab grade' works", NULL},
    {"Yama", PROBE_EXPLAINS, try_yama, ALL,
     "processes must not be observed (ptrace)", NULL},
    {"seccomp filters", PROBE_EXPLAINS, try_seccomp, ALL,
     "system calls cannot be stopped where they matter", NULL},
    {"user namespaces", PROBE_EXPLAINS, try_user_namespace, ALL,
     "a program cannot be shut in", NULL},
    {"pid namespaces", PROBE_EXPLAINS, try_pid_namespace, ALL,
     "pids are not the same in each run", NULL},
    {"mount namespaces", PROBE_EXPLAINS, try_mount_namespace, ALL,
     "a program finds other files and processes than its own", NULL},
    {"run counts (schedstat)", PROBE_EXPLAINS, try_schedstat, ALL, LOCKED,
     "boot a kernel with CONFIG_SCHED_INFO, as those of Debian"},
    {"/proc/PID/syscall", PROBE_EXPLAINS, try_proc_syscall, ALL, LOCKED,
     "boot a kernel with CONFIG_HAVE_ARCH_TRACEHOOK, as those of Debian; in a "
     "container: start it with --security-opt systempaths=unconfined"},
    {"compiler", PROBE_DECIDES, try_compiler, ALL, "no exercise can be built",
     "as root: apt-get install gcc libc6-dev"},
    {"make", PROBE_EXTRA, try_make, "students and developers",
     "'make' in a student's directory or in a clone of proclab does not work; "
     "grading does",
     "as root: apt-get install make"},
    {"a place to work in (TMPDIR)", PROBE_DECIDES, try_workdir, ALL,
     "there is nowhere to build", "export TMPDIR=/tmp"},
    {"compile shut in", PROBE_DECIDES, try_compile, ALL,
     "'proclab grade' does not work", NULL},
    {"observe a program", PROBE_DECIDES, try_run, ALL,
     "'proclab run' does not work", NULL},
    {"observe it shut in", PROBE_DECIDES, try_grade, ALL,
     "'proclab grade' does not work", NULL},
    {"libraries to build proclab with", PROBE_EXTRA, try_libraries,
     "developers", "'make' in a clone of proclab does not work",
     "in the clone: packaging/setup.sh"},
    {"valgrind", PROBE_EXTRA, try_valgrind, "developers",
     "'make valgrind' does not work", "as root: apt-get install valgrind"},
    {"pandoc", PROBE_EXTRA, try_pandoc, "developers, whoever writes a report",
     "neither 'proclab report' nor 'make docs' works",
     "as root: apt-get install pandoc"},
    {"chromium", PROBE_EXTRA, try_chromium, "whoever writes a report",
     "'proclab report' makes no PDF, only a page",
     "as root: apt-get install chromium-headless-shell"},
    {"bubblewrap", PROBE_EXTRA, try_bubblewrap, "whoever writes a report",
     "'proclab report' runs pandoc and chromium without walls around them",
     "as root: apt-get install bubblewrap"},
    {"graphviz", PROBE_EXTRA, try_graphviz,
     "developers, whoever writes a report", "no graphs can be drawn",
     "as root: apt-get install graphviz"},
    {"fonts", PROBE_EXTRA, try_fonts, "whoever writes a report",
     "a PDF holds boxes in place of letters",
     "as root: apt-get install fontconfig fonts-dejavu-core"},
};

const struct probe *probes(size_t *n)
{
    *n = sizeof all_probes / sizeof all_probes[0];
    return all_probes;
}
