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

/* FEW words are nearly always enough, and seldom lie in two pages: looking
 * costs by the page. */
enum {
    FRAMES = 64,
    FEW = 64,
    BELOW = 6 * 8, /* bytes: the registers that a function saves */
    WORDS = 256,
    PAGE = 4096,
    KNOWN = 509,
};

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

/* A register's value in the caller: something and an offset, or what is in the
 * memory there. */
struct rule {
    enum { VALUE, MEMORY } kind;
    int base; /* a register's number, or one of these */
    uint64_t offset;
};
enum { BASE_CFA = ARCH_REGISTERS, BASE_NONE };

/* For all of an address of libc: of the registers that are not as they were. */
struct rules {
    uint64_t at;
    bool well, signal;
    struct rule cfa;
    int n, reg[ARCH_REGISTERS];
    struct rule rule[ARCH_REGISTERS];
};

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

static void read_stack(struct frame *f, uint64_t sp, size_t words)
{
    size_t size = words * sizeof f->stack[0];
    struct iovec here = {f->stack, size};
    struct iovec there = {(void *)(uintptr_t)sp, size};
    ssize_t got = process_vm_readv(f->task->tid, &here, 1, &there, 1, 0);
    if (got < 0) { /* it ends before: at a page's end */
        there.iov_len = here.iov_len = PAGE - sp % PAGE;
        if (there.iov_len > size)
            there.iov_len = here.iov_len = size;
        got = process_vm_readv(f->task->tid, &here, 1, &there, 1, 0);
    }
    f->low = sp;
    f->n = got > 0 ? (size_t)got / sizeof f->stack[0] : 0;
}

static bool is_read(const struct frame *f, uint64_t at)
{
    return at >= f->low &&
           at - f->low + sizeof f->stack[0] <= f->n * sizeof f->stack[0];
}

/* What a function has saved lies together, so all of it is read at once. */
static bool read_word(struct frame *f, uint64_t at, uint64_t *word)
{
    if (!is_read(f, at))
        read_stack(f, at - BELOW, FEW);
    if (!is_read(f, at))
        return false;
    memcpy(word, (const char *)f->stack + (at - f->low), sizeof *word);
    return true;
}

/* --- rules -------------------------------------------------------------------
 */

/* All of libc's expressions have this form, those of its signal frames too. */
static bool make_rule(const Dwarf_Op *op, size_t n, struct rule *rule)
{
    *rule = (struct rule){.kind = VALUE, .base = BASE_NONE};
    for (size_t i = 0; i < n && rule->kind == VALUE; i++) {
        unsigned a = op[i].atom;
        if (a >= DW_OP_breg0 && a < DW_OP_breg0 + ARCH_REGISTERS) {
            rule->base = (int)(a - DW_OP_breg0);
            rule->offset = op[i].number;
        } else if (a == DW_OP_bregx && op[i].number < ARCH_REGISTERS) {
            rule->base = (int)op[i].number;
            rule->offset = op[i].number2;
        } else if (a == DW_OP_regx && op[i].number < ARCH_REGISTERS) {
            rule->base = (int)op[i].number; /* vfork(3) keeps it there */
        } else if (a == DW_OP_call_frame_cfa) {
            rule->base = BASE_CFA;
        } else if (a == DW_OP_plus_uconst) {
            rule->offset += op[i].number;
        } else if (a == DW_OP_deref && i == n - 1) {
            rule->kind = MEMORY;
        } else {
            return a == DW_OP_stack_value && rule->base != BASE_NONE;
        }
    }
    return rule->base != BASE_NONE;
}

/* What a caller's register was.  elfutils says of where it was saved that it is
 * at an address, but of a value that it is one. */
static bool make_register_rule(Dwarf_Frame *frame, int r, struct rule *rule)
{
    Dwarf_Op room[3], *ops;
    size_t n;
    if (dwarf_frame_register(frame, r, room, &ops, &n) != 0)
        return false;
    *rule = (struct rule){.kind = VALUE, .base = r};
    if (r == ARCH_DWARF_SP)
        rule->base = BASE_CFA;
    if (n == 0) /* none is known of the outermost function's return address */
        return ops == NULL || r != ARCH_DWARF_IP;
    if (!make_rule(ops, n, rule) || rule->kind == MEMORY)
        return false;
    if (ops[n - 1].atom != DW_OP_stack_value && ops[n - 1].atom != DW_OP_regx)
        rule->kind = MEMORY;
    return true;
}

static bool make_rules(Dwarf_Addr at, struct rules *rules)
{
    Dwarf_Frame *frame = NULL;
    Dwarf_Op *ops;
    size_t n;
    if (dwarf_cfi_addrframe(libc.cfi, at, &frame) != 0)
        return false;
    bool well = dwarf_frame_info(frame, NULL, NULL, &rules->signal) >= 0 &&
                dwarf_frame_cfa(frame, &ops, &n) == 0 &&
                make_rule(ops, n, &rules->cfa);
    rules->n = 0;
    for (int r = 0; well && r < ARCH_REGISTERS; r++) {
        struct rule *rule = &rules->rule[rules->n];
        well = make_register_rule(frame, r, rule);
        if (rule->kind == MEMORY || rule->base != r || rule->offset != 0)
            rules->reg[rules->n++] = r;
    }
    free(frame);
    return well;
}

/* Programs come the same ways again and again. */
static const struct rules *rules_for(uint64_t at)
{
    static struct rules known[KNOWN];
    struct rules *rules = &known[at % KNOWN];
    if (rules->at != at) {
        rules->well = make_rules(at, rules);
        rules->at = at;
    }
    return rules->well ? rules : NULL;
}

static bool apply(struct frame *f, const struct rule *rule, uint64_t cfa,
                  uint64_t *value)
{
    *value = (rule->base == BASE_CFA ? cfa : f->reg[rule->base]) + rule->offset;
    return rule->kind == VALUE || read_word(f, *value, value);
}

/* From a function of libc to its caller.
 * @param[in,out] exact whether the address is that of the next instruction,
 *                not a return address */
static bool step(struct frame *f, bool *exact)
{
    uint64_t caller[ARCH_REGISTERS], cfa;
    uint64_t base = f->task->process->libc_low;
    const struct rules *rules =
        rules_for(f->reg[ARCH_DWARF_IP] - base - !*exact);
    if (!rules || !apply(f, &rules->cfa, 0, &cfa))
        return false;
    for (int i = 0; i < rules->n; i++)
        if (!apply(f, &rules->rule[i], cfa, &caller[i]))
            return false;
    for (int i = 0; i < rules->n; i++)
        f->reg[rules->reg[i]] = caller[i];
    *exact = rules->signal;
    return true;
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
    read_stack(f, f->reg[ARCH_DWARF_SP], WORDS);
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
    struct frame f;
    uint64_t ip = arch_ip(&t->regs);
    if (!p->text_high)
        return 0;
    if (in_text(p, ip))
        return ip - p->base - (arch_number(&t->regs) >= 0);
    f.task = t; /* the rest is set by these two, all would take longer */
    arch_get_frame(&t->regs, f.reg);
    read_stack(&f, arch_sp(&t->regs), FEW);
    return climb(&f);
}
