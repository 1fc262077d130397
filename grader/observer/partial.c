/* Long writes to a full pipe or stream socket.
 *
 * A signal ends such a write when a part is written.  Natively one that is
 * ignored does not even wake the writer; for a tracee each signal does.  So a
 * part is first taken for the ignored signal's fault: the call is made to
 * execute once more with the rest, and its result is the sum.  If the signal
 * turns out to be one that counts, signal.c ends the call with what there is. */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>

#include "observer/internal.h"

static bool may_be_a_part(const struct task *t, long n)
{
    const struct descriptor *d = &t->descriptor;
    return t->number == SYS_write && n > 0 && (uint64_t)n < t->args[2] &&
           !(d->flags & O_NONBLOCK) &&
           (S_ISFIFO(d->st.st_mode) || S_ISSOCK(d->st.st_mode));
}

/* Whether this entry is the rest of the write in t->part. */
bool part_is_rest(const struct task *t)
{
    const struct part *p = &t->part;
    return p->on && arch_ip(&t->regs) == p->ip && t->args[0] == p->args[0] &&
           t->args[1] == p->args[1] + p->done &&
           t->args[2] == p->args[2] - p->done;
}

void part_enter(struct task *t)
{
    t->part.on = t->number == SYS_write && part_is_rest(t);
}

static void set_result(struct task *t, long result)
{
    arch_set_args(&t->regs, t->part.args);
    arch_set_result(&t->regs, result);
    set_registers(t);
    t->part.on = false;
}

static void write_the_rest(struct task *t)
{
    uint64_t args[6] = {t->part.args[0], t->part.args[1] + t->part.done,
                        t->part.args[2] - t->part.done, t->part.args[3],
                        t->part.args[4], t->part.args[5]};
    arch_set_args(&t->regs, args);
    arch_call_again(&t->regs, SYS_write);
    set_registers(t);
}

void part_leave(struct task *t)
{
    struct part *p = &t->part;
    long n = arch_result(&t->regs);
    if (p->on && n > 0)
        p->done += (uint64_t)n;
    bool part = may_be_a_part(t, n);
    if (part && !p->on) {
        *p = (struct part){.on = true, .ip = arch_ip(&t->regs),
                           .done = (uint64_t)n};
        for (int i = 0; i < 6; i++)
            p->args[i] = t->args[i];
    }
    if (part)
        write_the_rest(t);
    else if (p->on && n > -KERNEL_ERESTARTSYS)
        set_result(t, (long)p->done);
}

void part_end(struct task *t)
{
    if (!t->part.on || get_registers(t) < 0)
        return;
    arch_set_ip(&t->regs, t->part.ip);
    arch_set_number(&t->regs, -1);
    set_result(t, (long)t->part.done);
    fault_whole(t);
}
