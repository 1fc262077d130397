/* Who called: from a system call in libc to the student's code.
 *
 * The call frame information of libc tells where each of its functions has
 * put its caller's registers.  It is the libc that we ourselves use, known by
 * its file, so nothing here reads what a student has written: the program's
 * own frames are where the search ends.  What lies in other libraries, or in
 * another libc, is searched by looking for the first word on the stack that
 * could be a return address; that may be one that was left there by a call
 * which is over. */
#include <dwarf.h>
#include <elfutils/libdw.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/uio.h>
#include <unistd.h>

#include "observer/internal.h"

enum { FRAMES = 64, OPERANDS = 16, WORDS = 256, PAGE = 4096 };

/* What a module is known by in maps, see proc(5). */
struct file {
    unsigned major, minor;
    unsigned long inode;
};

/* A line of maps. */
struct mapping {
    uint64_t low, high, offset;
    struct file file;
    char path[256];
};

static struct {
    bool sought;
    struct file file;
    Dwarf_CFI *cfi;
} libc;

struct frame {
    const struct task *task;
    uint64_t reg[ARCH_REGISTERS];
    uint64_t low; /* what lies at `stack`, read at once */
    uint64_t stack[WORDS];
    size_t n;
};

/* --- libc ------------------------------------------------------------------
 */

static bool read_mapping(FILE *maps, struct mapping *m)
{
    char line[512];
    if (!fgets(line, sizeof line, maps))
        return false;
    m->path[0] = '\0';
    return sscanf(line,
                  "%" SCNx64 "-%" SCNx64 " %*s %" SCNx64 " %x:%x %lu %255s",
                  &m->low, &m->high, &m->offset, &m->file.major, &m->file.minor,
                  &m->file.inode, m->path) >= 6;
}

static bool same_file(const struct file *a, const struct file *b)
{
    return a->inode != 0 && a->inode == b->inode && a->major == b->major &&
           a->minor == b->minor;
}

static void open_cfi(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return;
    elf_version(EV_CURRENT);
    Elf *elf = elf_begin(fd, ELF_C_READ_MMAP, NULL);
    close(fd);
    if (elf)
        libc.cfi = dwarf_getcfi_elf(elf);
}

/* Our own libc stays open as long as we live. */
static void seek_libc(void)
{
    struct mapping m;
    uint64_t ours = (uint64_t)(uintptr_t)&fork;
    FILE *maps = fopen("/proc/self/maps", "re");
    libc.sought = true;
    while (maps && read_mapping(maps, &m))
        if (ours >= m.low && ours < m.high && m.path[0] == '/') {
            libc.file = m.file;
            open_cfi(m.path);
        }
    if (maps)
        fclose(maps);
}

/* Its first mapping is that of the file's beginning. */
static void find_libc(const struct task *t)
{
    char path[64];
    struct mapping m;
    struct process *p = t->process;
    if (!libc.sought)
        seek_libc();
    snprintf(path, sizeof path, "/proc/%d/maps", t->tid);
    FILE *maps = libc.cfi ? fopen(path, "re") : NULL;
    while (maps && read_mapping(maps, &m)) {
        if (!same_file(&m.file, &libc.file))
            continue;
        if (m.offset == 0)
            p->libc_low = m.low;
        p->libc_high = m.high;
    }
    if (maps)
        fclose(maps);
}

static bool in_libc(const struct task *t, uint64_t ip)
{
    const struct process *p = t->process;
    if (!p->libc_high)
        find_libc(t);
    return ip >= p->libc_low && ip < p->libc_high;
}

/* --- frames ------------------------------------------------------------------
 */

static void read_stack(struct frame *f, uint64_t sp)
{
    struct iovec here = {f->stack, sizeof f->stack};
    struct iovec there = {(void *)(uintptr_t)sp, sizeof f->stack};
    ssize_t got = process_vm_readv(f->task->tid, &here, 1, &there, 1, 0);
    if (got < 0) { /* it ends before: at a page's end */
        there.iov_len = here.iov_len = PAGE - sp % PAGE;
        if (there.iov_len > sizeof f->stack)
            there.iov_len = here.iov_len = sizeof f->stack;
        got = process_vm_readv(f->task->tid, &here, 1, &there, 1, 0);
    }
    f->low = sp;
    f->n = got > 0 ? (size_t)got / sizeof f->stack[0] : 0;
}

static bool read_word(struct frame *f, uint64_t at, uint64_t *word)
{
    uint64_t i = (at - f->low) / sizeof *word;
    if (at < f->low || i >= f->n)
        return peek(f->task, at, word, sizeof *word) == 0;
    memcpy(word, (const char *)f->stack + (at - f->low), sizeof *word);
    return true;
}

/* The few operations that libc's rules consist of. */
static bool evaluate(struct frame *f, const Dwarf_Op *op, size_t n,
                     uint64_t cfa, uint64_t *value, bool *is_value)
{
    *value = 0;
    *is_value = false;
    for (size_t i = 0; i < n; i++) {
        unsigned a = op[i].atom;
        if (a >= DW_OP_breg0 && a < DW_OP_breg0 + ARCH_REGISTERS)
            *value = f->reg[a - DW_OP_breg0] + op[i].number;
        else if (a == DW_OP_bregx && op[i].number < ARCH_REGISTERS)
            *value = f->reg[op[i].number] + op[i].number2;
        else if (a == DW_OP_call_frame_cfa)
            *value = cfa;
        else if (a == DW_OP_plus_uconst)
            *value += op[i].number;
        else if (a == DW_OP_stack_value)
            *is_value = true;
        else if (a != DW_OP_deref || !read_word(f, *value, value))
            return false;
    }
    return true;
}

/* The caller's value of a register; what no rule speaks of is as it was. */
static bool restore(struct frame *f, Dwarf_Frame *rules, int r, uint64_t cfa,
                    uint64_t *value)
{
    Dwarf_Op room[3], *ops;
    size_t n;
    bool is_value;
    if (dwarf_frame_register(rules, r, room, &ops, &n) != 0)
        return false;
    if (n == 0) {
        *value = r == ARCH_DWARF_SP ? cfa : f->reg[r];
        return ops == NULL || r != ARCH_DWARF_IP;
    }
    return evaluate(f, ops, n, cfa, value, &is_value) &&
           (is_value || read_word(f, *value, value));
}

/* From a function of libc to its caller.
 * @param[in,out] exact whether the address is that of the next instruction,
 *                not a return address */
static bool step(struct frame *f, bool *exact)
{
    Dwarf_Frame *rules = NULL;
    Dwarf_Op *ops;
    size_t n;
    uint64_t caller[ARCH_REGISTERS], cfa;
    bool is_value, signal = false;
    uint64_t base = f->task->process->libc_low;
    uint64_t at = f->reg[ARCH_DWARF_IP] - base - !*exact;
    if (dwarf_cfi_addrframe(libc.cfi, at, &rules) != 0)
        return false;
    bool well = dwarf_frame_info(rules, NULL, NULL, &signal) >= 0 &&
                dwarf_frame_cfa(rules, &ops, &n) == 0 &&
                evaluate(f, ops, n, 0, &cfa, &is_value);
    for (int r = 0; well && r < ARCH_REGISTERS; r++)
        well = restore(f, rules, r, cfa, &caller[r]);
    free(rules);
    if (well)
        memcpy(f->reg, caller, sizeof caller);
    *exact = signal;
    return well;
}

/* --- the student's code ------------------------------------------------------
 */

static bool in_text(const struct process *p, uint64_t ip)
{
    return ip >= p->text_low && ip < p->text_high;
}

static uint64_t scan(struct frame *f)
{
    const struct process *p = f->task->process;
    if (f->reg[ARCH_DWARF_SP] != f->low)
        read_stack(f, f->reg[ARCH_DWARF_SP]);
    for (size_t i = 0; i < f->n; i++)
        if (in_text(p, f->stack[i] - 1))
            return f->stack[i] - 1 - p->base;
    return 0;
}

/* A function that no rules are known of and that has called nobody has its
 * return address on top of the stack: clone(2) in libc, which has none as they
 * would be wrong in the child; what image.c put into the vDSO. */
static bool step_from_leaf(struct frame *f)
{
    uint64_t word;
    if (!read_word(f, f->reg[ARCH_DWARF_SP], &word))
        return false;
    if (!in_libc(f->task, word) && !in_text(f->task->process, word - 1))
        return false;
    f->reg[ARCH_DWARF_IP] = word;
    f->reg[ARCH_DWARF_SP] += sizeof word;
    return true;
}

static uint64_t climb(struct frame *f)
{
    const struct process *p = f->task->process;
    bool exact = true;
    for (int i = 0; i < FRAMES; i++) {
        uint64_t ip = f->reg[ARCH_DWARF_IP];
        if (in_text(p, ip - !exact))
            return ip - !exact - p->base;
        bool library = in_libc(f->task, ip);
        if (library && step(f, &exact))
            continue;
        if (i > 0 || !step_from_leaf(f))
            return library || ip == 0 ? 0 : scan(f);
        exact = false;
    }
    return 0;
}

uint64_t find_pc(const struct task *t)
{
    const struct process *p = t->process;
    struct frame f = {.task = t};
    uint64_t ip = arch_ip(&t->regs);
    if (!p->text_high)
        return 0;
    if (in_text(p, ip))
        return ip - p->base - (arch_number(&t->regs) >= 0);
    arch_get_frame(&t->regs, f.reg);
    read_stack(&f, arch_sp(&t->regs));
    return climb(&f);
}
