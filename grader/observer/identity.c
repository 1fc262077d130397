/* Users and groups.  Where an ordinary user observes, and in each grading, the
 * program lives in a user namespace that knows one user only
 * (user_namespaces(7)). */
#include <errno.h>
#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "observer/calls.h"

/* An ordinary user cannot leave groups (setgroups(2)), so they are hidden. */
enum verb enter_getgroups(struct observer *o, struct task *t)
{
    return o->request->world == OBSERVE_GRADE ? answer(t, 0) : GO;
}

/* What has EINVAL everywhere: -1 is nobody, though most of these calls take it
 * for "as it is"; flags that do not exist. */
static bool is_invalid(const struct task *t)
{
    const uint64_t flags = AT_SYMLINK_NOFOLLOW | AT_EMPTY_PATH;
    if (t->number == SYS_fchownat)
        return (uint32_t)t->args[4] & ~flags;
    return (t->number == SYS_setuid || t->number == SYS_setgid) &&
           (uint32_t)t->args[0] == (uint32_t)-1;
}

/* A user that the namespace does not know is EINVAL there; outside it is one
 * whom nobody but root may become, or give a file to. */
void leave_identity(struct observer *o, struct task *t)
{
    bool inside = geteuid() != 0 || o->request->world == OBSERVE_GRADE;
    if (!inside || arch_result(&t->regs) != -EINVAL || is_invalid(t))
        return;
    arch_set_result(&t->regs, -EPERM);
    set_registers(t);
}
