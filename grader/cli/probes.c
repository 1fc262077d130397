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
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "observer/observe.h"

/* --- observing --------------------------------------------------------- */

/* ptrace(2), seccomp(2) and namespaces as a grading uses them: the observer
 * itself says best what it lacks. */
static bool observe_true(enum observe_world world, char *seen, size_t size)
{
    const char *const argv[] = {"/bin/true", NULL};
    struct observe_request request = {
        .argv = argv,
        .program = "/bin/true",
        .world = world,
    };
    struct trace *trace = NULL;
    const char *why = NULL;
    int rc = observe(&request, &trace, &why);
    bool ended = rc == 0 && trace->outcome == TRACE_ENDED;
    if (rc != 0)
        snprintf(seen, size, "%s", why ? why : strerror(-rc));
    else if (!ended)
        snprintf(seen, size, "/bin/true did not come to its end: %s",
                 trace_outcome_name(trace->outcome));
    if (rc == 0)
        trace_free(trace);
    return ended;
}

static bool try_run(char *seen, size_t size)
{
    return observe_true(OBSERVE_RUN, seen, size);
}

static bool try_grade(char *seen, size_t size)
{
    return observe_true(OBSERVE_GRADE, seen, size);
}

/* --- what the kernel allows -------------------------------------------- */

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

static bool try_yama(char *seen, size_t size)
{
    char line[32];
    if (!read_line("/proc/sys/kernel/yama/ptrace_scope", line, sizeof line)) {
        snprintf(seen, size, "not in this kernel, so nothing is restricted");
        return true;
    }
    int scope = atoi(line);
    snprintf(seen, size, "ptrace_scope is %d", scope);
    return scope < 2 || (scope == 2 && geteuid() == 0);
}

static bool try_seccomp(char *seen, size_t size)
{
    uint32_t action = SECCOMP_RET_TRACE;
    if (syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) == 0)
        return true;
    snprintf(seen, size, "seccomp: %s", strerror(errno));
    return false;
}

/* unshare() in a process of its own: there is no way back. */
static bool try_unshare(int flags, char *seen, size_t size)
{
    pid_t child = fork();
    if (child == 0)
        _exit(unshare(flags) == 0 ? 0 : errno);
    int status = 0;
    if (child < 0 || waitpid(child, &status, 0) < 0) {
        snprintf(seen, size, "fork: %s", strerror(errno));
        return false;
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return true;
    snprintf(seen, size, "unshare: %s",
             WIFEXITED(status) ? strerror(WEXITSTATUS(status)) : "killed");
    return false;
}

static bool try_user_namespace(char *seen, size_t size)
{
    return try_unshare(CLONE_NEWUSER, seen, size);
}

static bool try_pid_namespace(char *seen, size_t size)
{
    return try_unshare(CLONE_NEWUSER | CLONE_NEWPID, seen, size);
}

/* --- how it is known that a process is blocked ------------------------- */

/* The third number: how often we were given a CPU. */
static bool run_count(unsigned long long *count)
{
    char line[128];
    return read_line("/proc/thread-self/schedstat", line, sizeof line) &&
           sscanf(line, "%*u %*u %llu", count) == 1;
}

static bool try_schedstat(char *seen, size_t size)
{
    unsigned long long before = 0, after = 0;
    if (!run_count(&before)) {
        snprintf(seen, size, "cannot read /proc/thread-self/schedstat");
        return false;
    }
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    bool counts = run_count(&after) && after > before;
    if (!counts)
        snprintf(seen, size, "it stays at %llu over a sleep", before);
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

static bool try_proc_syscall(char *seen, size_t size)
{
    pid_t child = fork();
    if (child == 0)
        for (;;)
            pause();
    if (child < 0) {
        snprintf(seen, size, "fork: %s", strerror(errno));
        return false;
    }
    bool shows = shows_blocked(child);
    if (!shows)
        snprintf(seen, size, "cannot read it, or it shows nothing");
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    return shows;
}

/* --- tools ------------------------------------------------------------- */

/* The first line that the command prints says best why it does not work. */
static bool works(const char *command, char *seen, size_t size)
{
    FILE *output = popen(command, "re");
    char line[256] = "", rest[256];
    if (!output) {
        snprintf(seen, size, "%s", strerror(errno));
        return false;
    }
    if (fgets(line, sizeof line, output))
        while (fgets(rest, sizeof rest, output))
            ;
    if (pclose(output) == 0)
        return true;
    snprintf(seen, size, "%.*s", (int)strcspn(line, "\n"), line);
    return false;
}

/* A compiler without libc's headers and files is there, and useless. */
static bool try_compiler(char *seen, size_t size)
{
    return works("gcc -fsyntax-only -include stdio.h -x c /dev/null 2>&1", seen,
                 size);
}

static bool try_make(char *seen, size_t size)
{
    return works("make --version 2>&1", seen, size);
}

static const struct probe all_probes[] = {
    {"Yama", false, try_yama, "processes must not be observed (ptrace)",
     "as root: sysctl -w kernel.yama.ptrace_scope=1"},
    {"seccomp filters", false, try_seccomp,
     "system calls cannot be stopped where they matter",
     "a kernel with CONFIG_SECCOMP_FILTER; in a container: run it with "
     "--security-opt seccomp=unconfined"},
    {"user namespaces", false, try_user_namespace,
     "a program cannot be shut in",
     "as root: sysctl -w kernel.unprivileged_userns_clone=1 "
     "kernel.apparmor_restrict_unprivileged_userns=0 "
     "user.max_user_namespaces=10000 (those that exist); in a container: the "
     "same on its host"},
    {"pid namespaces", false, try_pid_namespace,
     "pids are not the same in each run", "as for user namespaces"},
    {"run counts (schedstat)", false, try_schedstat,
     "it cannot be told whether a process is blocked",
     "a kernel with CONFIG_SCHED_INFO, as those of Debian"},
    {"/proc/PID/syscall", false, try_proc_syscall,
     "it cannot be told whether a process is blocked",
     "a kernel with CONFIG_HAVE_ARCH_TRACEHOOK, as those of Debian; a "
     "container must not mask /proc"},
    {"compiler", true, try_compiler, "no exercise can be built",
     "apt-get install gcc libc6-dev"},
    {"make", false, try_make,
     "'make' in a student's directory does not work; grading does",
     "apt-get install make"},
    {"observe a program", true, try_run,
     "neither 'proclab run' nor 'proclab grade' works",
     "no strace or debugger may watch proclab itself; in a container: run it "
     "with --cap-add SYS_PTRACE; else see above"},
    {"observe it shut in", true, try_grade, "'proclab grade' does not work",
     "see above"},
};

const struct probe *probes(size_t *n)
{
    *n = sizeof all_probes / sizeof all_probes[0];
    return all_probes;
}
