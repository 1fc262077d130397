/**
 * @file
 * What differs between machines: registers of a stopped tracee at a system
 * call.  x86-64 for now; a port adds a branch here and in image.c.
 */
#ifndef PROCLAB_OBSERVER_ARCH_H
#define PROCLAB_OBSERVER_ARCH_H

#include <stdint.h>
#include <sys/user.h>

#ifndef __x86_64__
#error "proclab's observer knows x86-64 only"
#endif

static inline long arch_number(const struct user_regs_struct *r)
{
    return (long)r->orig_rax;
}

/* Takes effect at a seccomp stop; -1 skips the call. */
static inline void arch_set_number(struct user_regs_struct *r, long number)
{
    r->orig_rax = (unsigned long)number;
}

static inline long arch_result(const struct user_regs_struct *r)
{
    return (long)r->rax;
}

static inline void arch_set_result(struct user_regs_struct *r, long result)
{
    r->rax = (unsigned long)result;
}

static inline uint64_t arch_ip(const struct user_regs_struct *r)
{
    return r->rip;
}

static inline void arch_set_ip(struct user_regs_struct *r, uint64_t ip)
{
    r->rip = ip;
}

/* At the end of a call: the program will make this one where it was made. */
static inline void arch_call_again(struct user_regs_struct *r, long number)
{
    r->rip -= 2;
    r->rax = (unsigned long)number;
    r->orig_rax = (unsigned long)-1;
}

static inline uint64_t arch_sp(const struct user_regs_struct *r)
{
    return r->rsp;
}

static inline void arch_set_place(struct user_regs_struct *r, uint64_t ip,
                                  uint64_t sp)
{
    r->rip = ip, r->rsp = sp;
}

static inline void arch_get_args(const struct user_regs_struct *r, uint64_t a[6])
{
    a[0] = r->rdi, a[1] = r->rsi, a[2] = r->rdx;
    a[3] = r->r10, a[4] = r->r8, a[5] = r->r9;
}

/* clone(2): where CLONE_CHILD_SETTID has the kernel write. */
static inline uint64_t arch_clone_child_tid(const struct user_regs_struct *r)
{
    return r->r10;
}

static inline void arch_set_args(struct user_regs_struct *r, const uint64_t a[6])
{
    r->rdi = a[0], r->rsi = a[1], r->rdx = a[2];
    r->r10 = a[3], r->r8 = a[4], r->r9 = a[5];
}

/** DWARF's numbers of registers, as the psABI has them. */
enum { ARCH_DWARF_SP = 7, ARCH_DWARF_IP = 16, ARCH_REGISTERS = 17 };

static inline void arch_get_frame(const struct user_regs_struct *r,
                                  uint64_t reg[ARCH_REGISTERS])
{
    const uint64_t all[ARCH_REGISTERS] = {
        r->rax, r->rdx, r->rcx, r->rbx, r->rsi, r->rdi, r->rbp, r->rsp, r->r8,
        r->r9,  r->r10, r->r11, r->r12, r->r13, r->r14, r->r15, r->rip,
    };
    for (int i = 0; i < ARCH_REGISTERS; i++)
        reg[i] = all[i];
}

#endif
