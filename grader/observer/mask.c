/* Waits that bring a signal mask of their own: sigsuspend(2) and its kin.
 *
 * Natively a signal that is ignored does not even wake them.  A tracee is woken
 * by it; nothing is done, and the call is made again.  But before that the
 * kernel puts the caller's mask back, and signals that the wait holds off are
 * delivered in between.  So where the last signal that the wait lets through
 * is an ignored one, the wait's mask stays in force up to the call's next
 * entry.  The kernel's flag "a mask is to be put back" is lost when we set one
 * (ptrace(2), PTRACE_SETSIGMASK), so it is we who put it back. */
#include <errno.h>
#include <signal.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>

#include "observer/internal.h"

static const struct {
    int number;
    int arg;    /* which argument is the mask's address */
    bool inner; /* or the address of the mask's address: select_tut(2) */
} waits[] = {
    {SYS_rt_sigsuspend, 0, false}, {SYS_ppoll, 3, false},
    {SYS_pselect6, 5, true},       {SYS_epoll_pwait, 4, false},
    {SYS_epoll_pwait2, 4, false},
};

static int read_mask(const struct task *t, int arg, bool inner, uint64_t *mask)
{
    uint64_t at = t->args[arg];
    if (inner && peek(t, at, &at, sizeof at) < 0)
        return -EFAULT;
    return at ? peek(t, at, mask, sizeof *mask) : -ENOENT;
}

void mask_leave(struct task *t)
{
    t->mask.lent = false;
    if (arch_result(&t->regs) != -KERNEL_ERESTARTNOHAND)
        return;
    for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++)
        if (waits[i].number == t->number)
            t->mask.lent = read_mask(t, waits[i].arg, waits[i].inner,
                                     &t->mask.wait) == 0;
}

/* Whether one more signal is on its way that the wait lets through. */
static bool more_to_come(const struct task *t)
{
    return (status_mask(t, "\nSigPnd:") | status_mask(t, "\nShdPnd:")) &
           ~t->mask.wait;
}

void mask_keep(struct task *t)
{
    size_t size = sizeof t->mask.caller;
    if (!t->mask.lent || t->mask.kept || more_to_come(t))
        return;
    if (ptrace(PTRACE_GETSIGMASK, t->tid, size, &t->mask.caller) == 0 &&
        ptrace(PTRACE_SETSIGMASK, t->tid, size, &t->mask.wait) == 0)
        t->mask.kept = true;
}

void mask_restore(struct task *t)
{
    if (t->mask.kept)
        ptrace(PTRACE_SETSIGMASK, t->tid, sizeof t->mask.caller,
               &t->mask.caller);
    t->mask.kept = t->mask.lent = false;
}
