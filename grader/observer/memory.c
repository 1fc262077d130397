/* The tracee's memory and registers.  Each of these can fail at any time, as
 * a SIGKILL may have ended the tracee meanwhile: that is its death, which
 * arrives by itself, and no error of ours. */
#include <elf.h>
#include <errno.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#include "observer/internal.h"

int peek(const struct task *t, uint64_t address, void *to, size_t n)
{
    struct iovec here = {to, n}, there = {(void *)(uintptr_t)address, n};
    ssize_t got = process_vm_readv(t->tid, &here, 1, &there, 1, 0);
    return got == (ssize_t)n ? 0 : -EFAULT;
}

int put(const struct task *t, uint64_t address, const void *from, size_t n)
{
    struct iovec here = {(void *)(uintptr_t)from, n};
    struct iovec there = {(void *)(uintptr_t)address, n};
    if (!address)
        return -EFAULT;
    ssize_t done = process_vm_writev(t->tid, &here, 1, &there, 1, 0);
    return done == (ssize_t)n ? 0 : -EFAULT;
}

/* Page by page, as the text may end just before an unmapped one. */
long peek_text(const struct task *t, uint64_t address, char *to, size_t size)
{
    size_t got = 0;
    while (got + 1 < size) {
        size_t n = 4096 - (address + got) % 4096;
        if (n > size - 1 - got)
            n = size - 1 - got;
        if (peek(t, address + got, to + got, n) < 0)
            return -EFAULT;
        char *end = memchr(to + got, '\0', n);
        if (end)
            return end - to;
        got += n;
    }
    to[got] = '\0';
    return (long)got;
}

int get_registers(struct task *t)
{
    struct iovec iov = {&t->regs, sizeof t->regs};
    if (ptrace(PTRACE_GETREGSET, t->tid, NT_PRSTATUS, &iov) < 0)
        return -errno;
    return 0;
}

int set_registers(struct task *t)
{
    struct iovec iov = {&t->regs, sizeof t->regs};
    if (ptrace(PTRACE_SETREGSET, t->tid, NT_PRSTATUS, &iov) < 0)
        return -errno;
    return 0;
}
