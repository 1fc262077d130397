/* The seccomp filter: which calls stop, which are refused, which run at full
 * speed.  libseccomp writes the BPF, as a tree, so that a call that is not
 * traced costs a few comparisons only. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <sched.h>
#include <seccomp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include "observer/internal.h"

#ifndef CLONE_PTRACE
#define CLONE_PTRACE 0x2000
#endif

/* What could harm the machine or reach out of the tree: refused in a grading.
 * EPERM is what an ordinary user gets for most of these.  Keys are in no
 * namespace: as nobody can ask for one, the caller's need not be left. */
static const int refused[] = {
    SCMP_SYS(process_vm_readv), SCMP_SYS(process_vm_writev),
    SCMP_SYS(unshare), SCMP_SYS(setns), SCMP_SYS(mount), SCMP_SYS(umount2),
    SCMP_SYS(pivot_root), SCMP_SYS(chroot), SCMP_SYS(fsopen),
    SCMP_SYS(fsmount), SCMP_SYS(fspick), SCMP_SYS(fsconfig),
    SCMP_SYS(move_mount), SCMP_SYS(open_tree), SCMP_SYS(mount_setattr),
    SCMP_SYS(bpf),
    SCMP_SYS(perf_event_open), SCMP_SYS(userfaultfd), SCMP_SYS(keyctl),
    SCMP_SYS(add_key), SCMP_SYS(request_key), SCMP_SYS(pidfd_getfd),
    SCMP_SYS(settimeofday), SCMP_SYS(clock_settime), SCMP_SYS(adjtimex),
    SCMP_SYS(clock_adjtime), SCMP_SYS(init_module), SCMP_SYS(finit_module),
    SCMP_SYS(delete_module), SCMP_SYS(kexec_load),
    SCMP_SYS(kexec_file_load), SCMP_SYS(reboot),
    SCMP_SYS(swapon), SCMP_SYS(swapoff), SCMP_SYS(sethostname),
    SCMP_SYS(setdomainname), SCMP_SYS(personality), SCMP_SYS(quotactl),
    SCMP_SYS(quotactl_fd), SCMP_SYS(iopl), SCMP_SYS(ioperm), SCMP_SYS(acct),
    SCMP_SYS(syslog), SCMP_SYS(vhangup), SCMP_SYS(fanotify_init),
    SCMP_SYS(name_to_handle_at), SCMP_SYS(open_by_handle_at),
};

static int refuse(scmp_filter_ctx c, int call, uint16_t error)
{
    return seccomp_rule_add(c, SCMP_ACT_ERRNO(error), call, 0);
}

static int refuse_clone_flag(scmp_filter_ctx c, uint64_t flag)
{
    return seccomp_rule_add(c, SCMP_ACT_ERRNO(EPERM), SCMP_SYS(clone), 1,
                            SCMP_A0(SCMP_CMP_MASKED_EQ, flag, flag));
}

/* What would blind the observer, everywhere: libc falls back from clone3
 * (whose flags lie in memory that another thread may change) to clone.  What
 * the kernel writes for a program nobody sees, and secret memory cannot be
 * read by a tracer. */
static int add_blinding(scmp_filter_ctx c)
{
    static const int missing[] = {
        SCMP_SYS(clone3), SCMP_SYS(io_uring_setup), SCMP_SYS(io_uring_enter),
        SCMP_SYS(io_uring_register), SCMP_SYS(io_setup), SCMP_SYS(io_submit),
        SCMP_SYS(memfd_secret),
    };
    int r = 0;
    for (size_t i = 0; r == 0 && i < sizeof missing / sizeof *missing; i++)
        r = refuse(c, missing[i], ENOSYS);
    r = r ? r : refuse(c, SCMP_SYS(ptrace), EPERM);
    r = r ? r : refuse(c, SCMP_SYS(seccomp), EINVAL);
    r = r ? r : refuse_clone_flag(c, CLONE_UNTRACED);
    return r ? r : refuse_clone_flag(c, CLONE_PTRACE);
}

static int refuse_other_families(scmp_filter_ctx c, int call)
{
    return seccomp_rule_add(c, SCMP_ACT_ERRNO(EAFNOSUPPORT), call, 1,
                            SCMP_A0(SCMP_CMP_NE, AF_UNIX, 0));
}

static const uint64_t namespaces[] = {
    CLONE_NEWNS, CLONE_NEWCGROUP, CLONE_NEWUTS, CLONE_NEWIPC,
    CLONE_NEWUSER, CLONE_NEWPID, CLONE_NEWNET,
};
enum { N_NAMESPACES = sizeof namespaces / sizeof *namespaces };

static int add_harmful(scmp_filter_ctx c)
{
    int r = 0;
    for (size_t i = 0; r == 0 && i < sizeof refused / sizeof *refused; i++)
        r = refuse(c, refused[i], EPERM);
    for (size_t i = 0; r == 0 && i < N_NAMESPACES; i++)
        r = refuse_clone_flag(c, namespaces[i]);
    r = r ? r : refuse_other_families(c, SCMP_SYS(socket));
    return r ? r : refuse_other_families(c, SCMP_SYS(socketpair));
}

/* Signals whose dispositions are followed, for the trace; those of the others
 * are looked up when they are delivered.  Few, as each costs a stop wherever
 * libc resets all of them: posix_spawn(3) does so in every child. */
static const int followed[] = {
    SIGHUP, SIGINT, SIGUSR1, SIGUSR2, SIGALRM, SIGTERM, SIGCHLD,
};

enum { N_FOLLOWED = sizeof followed / sizeof *followed };

bool signal_is_followed(int sig)
{
    for (int i = 0; i < N_FOLLOWED; i++)
        if (followed[i] == sig)
            return true;
    return false;
}

/* Whoever only asks for a disposition changes none. */
static int trace_sigaction(scmp_filter_ctx c)
{
    int r = 0;
    for (int i = 0; r == 0 && i < N_FOLLOWED; i++)
        r = seccomp_rule_add(c, SCMP_ACT_TRACE(0), SCMP_SYS(rt_sigaction), 2,
                             SCMP_A0(SCMP_CMP_EQ, (unsigned)followed[i], 0),
                             SCMP_A1(SCMP_CMP_NE, 0, 0));
    return r;
}

/* Clocks of CPU time, 2 and 3 and all below 0, are the kernel's (time.h): to
 * read them tells nothing.  0 and 1, 4 to 7 and 8 to 11 are ours. */
static int trace_clock(scmp_filter_ctx c)
{
    static const uint64_t masks[][2] = {
        {0xfffffffe, 0}, {0xfffffffc, 4}, {0xfffffffc, 8}};
    int r = 0;
    for (int i = 0; r == 0 && i < 3; i++)
        r = seccomp_rule_add(
            c, SCMP_ACT_TRACE(0), SCMP_SYS(clock_gettime), 1,
            SCMP_A0(SCMP_CMP_MASKED_EQ, masks[i][0], masks[i][1]));
    return r;
}

/* What kind of filter it is. */
struct kind {
    bool grade, real_clock, free;
    struct fault_calls faults; /* stop at all of these */
};

/* Calls of which some are refused: the others are traced. */
static int trace_fault(scmp_filter_ctx c, const struct kind *kind, int number)
{
    uint64_t evil = CLONE_UNTRACED | CLONE_PTRACE;
    for (size_t i = 0; kind->grade && i < N_NAMESPACES; i++)
        evil |= namespaces[i];
    if (number == SCMP_SYS(clone))
        return seccomp_rule_add(c, SCMP_ACT_TRACE(0), number, 1,
                                SCMP_A0(SCMP_CMP_MASKED_EQ, evil, 0));
    if (number == SCMP_SYS(socket) || number == SCMP_SYS(socketpair))
        return seccomp_rule_add(c, SCMP_ACT_TRACE(0), number, 1,
                                SCMP_A0(SCMP_CMP_EQ, AF_UNIX, 0));
    int r = seccomp_rule_add(c, SCMP_ACT_TRACE(0), number, 0);
    return r == -EEXIST ? 0 : r; /* it is refused */
}

static int trace_call(scmp_filter_ctx c, const struct call *row, bool free)
{
    if (row->number == SCMP_SYS(rt_sigaction))
        return trace_sigaction(c);
    if (row->number == SCMP_SYS(clock_gettime))
        return trace_clock(c);
    if (free && row->free == FREE_STREAM)
        return seccomp_rule_add(c, SCMP_ACT_TRACE(0), row->number, 1,
                                SCMP_A0(SCMP_CMP_LE, STDERR_FILENO, 0));
    if (free && row->free == FREE_NOT)
        return 0;
    return seccomp_rule_add(c, SCMP_ACT_TRACE(0), row->number, 0);
}

static int add_traced(scmp_filter_ctx c, const struct kind *kind)
{
    const struct call *rows;
    size_t n = call_rows(kind->real_clock, &rows);
    int r = 0;
    for (int i = 0; r == 0 && i < FAULT_NUMBERS; i++)
        if (fault_calls_has(&kind->faults, i))
            r = trace_fault(c, kind, i);
    for (size_t i = 0; r == 0 && i < n; i++)
        if (!fault_calls_has(&kind->faults, rows[i].number))
            r = trace_call(c, &rows[i], kind->free);
    return r;
}

/* libseccomp exports to a descriptor only. */
static int export_to(scmp_filter_ctx c, struct sock_fprog *out)
{
    int fd = memfd_create("filter", MFD_CLOEXEC);
    if (fd < 0)
        return -errno;
    int r = seccomp_export_bpf(c, fd);
    off_t size = r ? 0 : lseek(fd, 0, SEEK_END);
    void *code = size > 0 ? malloc((size_t)size) : NULL;
    if (r == 0 && (!code || pread(fd, code, (size_t)size, 0) != size))
        r = -ENOMEM;
    close(fd);
    if (r) {
        free(code);
        return r;
    }
    out->filter = code;
    out->len = (unsigned short)((size_t)size / sizeof(struct sock_filter));
    return 0;
}

static int build(const struct kind *kind, struct sock_fprog *out)
{
    scmp_filter_ctx c = seccomp_init(SCMP_ACT_ALLOW);
    if (!c)
        return -ENOMEM;
    int r = seccomp_attr_set(c, SCMP_FLTATR_ACT_BADARCH, SCMP_ACT_KILL_PROCESS);
    r = r ? r : seccomp_attr_set(c, SCMP_FLTATR_CTL_OPTIMIZE, 2);
    r = r ? r : add_blinding(c);
    if (r == 0 && kind->grade)
        r = add_harmful(c);
    r = r ? r : add_traced(c, kind);
    r = r ? r : export_to(c, out);
    seccomp_release(c);
    return r;
}

static bool is_kind(const struct kind *a, const struct kind *b)
{
    return a->grade == b->grade && a->real_clock == b->real_clock &&
           a->free == b->free &&
           memcmp(&a->faults, &b->faults, sizeof a->faults) == 0;
}

static struct kind kind_of(const struct observe_request *q)
{
    struct kind kind = {.grade = q->world == OBSERVE_GRADE,
                        .real_clock = q->clock == OBSERVE_REAL};
    kind.free = kind.real_clock || q->schedule.kind == SCHEDULE_FREE;
    for (size_t i = 0; i < q->n_faults; i++)
        for (size_t j = 0; j < FAULT_NUMBERS / 64; j++)
            kind.faults.bits[j] |= q->faults[i].calls.bits[j];
    return kind;
}

int filter_program(const struct observe_request *q, struct sock_fprog *out)
{
    static struct made {
        struct made *next;
        struct kind kind;
        struct sock_fprog program;
    } *all;
    struct kind kind = kind_of(q);
    struct made *m = all;
    while (m && !is_kind(&m->kind, &kind))
        m = m->next;
    if (!m) {
        m = calloc(1, sizeof *m);
        int r = m ? build(&kind, &m->program) : -ENOMEM;
        if (r < 0) {
            free(m);
            return r;
        }
        m->kind = kind;
        m->next = all;
        all = m;
    }
    *out = m->program;
    return 0;
}
