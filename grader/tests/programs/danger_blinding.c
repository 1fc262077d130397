// observed only: nothing helps to hide from the observer, in a grading nor in
// a run; what libc can do without is said to be missing
// expect: clone3: ENOSYS
// expect: ptrace: EPERM
// expect: seccomp: EINVAL
// expect: PR_SET_SECCOMP: EINVAL
// expect: PR_GET_SECCOMP: allowed
// expect: PR_SET_DUMPABLE: allowed
// expect: io_uring_setup: ENOSYS
// expect: io_setup: ENOSYS
// expect: memfd_secret: ENOSYS
// expect: CLONE_UNTRACED: EPERM
// expect: CLONE_PTRACE: EPERM
// expect: /proc/self/maps can be read
// expect: a child, as ever
#include "subject.h"
#include <linux/aio_abi.h>
#include <linux/io_uring.h>
#include <linux/sched.h>
#include <linux/seccomp.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

static void tell(const char *what, long result)
{
    say("%s: %s\n", what, result == -1 ? strerrorname_np(errno) : "allowed");
}

static long clone_with(unsigned long flag)
{
    long pid = syscall(SYS_clone, flag | SIGCHLD, 0, 0, 0, 0);
    if (pid == 0)
        _exit(0);
    return pid;
}

int main(void)
{
    only_if_confined();
    struct clone_args clone3 = {.exit_signal = SIGCHLD};
    struct io_uring_params ring = {0};
    aio_context_t aio = 0;
    long pid = syscall(SYS_clone3, &clone3, sizeof clone3);
    if (pid == 0)
        _exit(0);
    tell("clone3", pid);
    tell("ptrace", ptrace(PTRACE_TRACEME, 0, 0, 0));
    tell("seccomp", syscall(SYS_seccomp, SECCOMP_SET_MODE_STRICT, 0, 0));
    tell("PR_SET_SECCOMP", prctl(PR_SET_SECCOMP, SECCOMP_MODE_STRICT));
    tell("PR_GET_SECCOMP", prctl(PR_GET_SECCOMP));
    tell("PR_SET_DUMPABLE", prctl(PR_SET_DUMPABLE, 0));
    tell("io_uring_setup", syscall(SYS_io_uring_setup, 4, &ring));
    tell("io_setup", syscall(SYS_io_setup, 1, &aio));
    tell("memfd_secret", syscall(SYS_memfd_secret, 0));
    tell("CLONE_UNTRACED", clone_with(CLONE_UNTRACED));
    tell("CLONE_PTRACE", clone_with(CLONE_PTRACE));
    if (access("/proc/self/maps", R_OK) == 0)
        say("/proc/self/maps can be read\n");
    pid = must(fork(), "fork");
    if (pid == 0) {
        say("a child, as ever\n");
        _exit(0);
    }
    reap((pid_t)pid);
}
