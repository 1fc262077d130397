/* What exec made: the vDSO, the random bytes, the student's code.
 *
 * The vDSO answers clock reads without a system call, behind our back.  Its
 * pages are a private mapping that a tracer may write, so each entry point is
 * overwritten with the system call itself: libc, /proc/self/auxv and look-ups
 * by hand all end in calls that we answer.  The vDSO is the same image in
 * every process of a boot: our own tells where the entries are.  (getcpu and
 * clock_getres stay: they tell no time.) */
#include <elf.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/auxv.h>
#include <sys/ptrace.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "observer/internal.h"

struct auxiliary {
    uint64_t vdso, random, headers, n_headers, entry;
};

static void take_auxiliary(struct auxiliary *a, const Elf64_auxv_t *v)
{
    switch (v->a_type) {
    case AT_SYSINFO_EHDR: a->vdso = v->a_un.a_val; break;
    case AT_RANDOM: a->random = v->a_un.a_val; break;
    case AT_PHDR: a->headers = v->a_un.a_val; break;
    case AT_PHNUM: a->n_headers = v->a_un.a_val; break;
    default: break;
    }
}

/* As execve(2) left the stack: argc, arguments, NULL, environment, NULL, the
 * vector.  A file that may be executed and not read hides its process's files
 * in /proc from ordinary users, but not its memory from a tracer. */
static void read_auxiliary_on_stack(struct task *t, struct auxiliary *a)
{
    uint64_t sp, word = 0;
    Elf64_auxv_t v = {.a_type = AT_IGNORE};
    if (get_registers(t) < 0)
        return;
    sp = arch_sp(&t->regs);
    if (peek(t, sp, &word, sizeof word) < 0)
        return;
    sp += (word + 2) * sizeof word;
    do {
        if (peek(t, sp, &word, sizeof word) < 0)
            return;
        sp += sizeof word;
    } while (word);
    for (; v.a_type != AT_NULL; sp += sizeof v) {
        if (peek(t, sp, &v, sizeof v) < 0)
            return;
        take_auxiliary(a, &v);
    }
}

static void read_auxiliary(struct task *t, struct auxiliary *a)
{
    char path[64];
    Elf64_auxv_t v[64];
    *a = (struct auxiliary){0};
    snprintf(path, sizeof path, "/proc/%d/auxv", t->tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        read_auxiliary_on_stack(t, a);
        return;
    }
    ssize_t n = read(fd, v, sizeof v);
    close(fd);
    for (ssize_t i = 0; i < n / (ssize_t)sizeof v[0]; i++)
        take_auxiliary(a, &v[i]);
}

/* --- vDSO ----------------------------------------------------------------- */

static const struct {
    const char *name;
    uint32_t number;
} vdso_calls[] = {
    {"__vdso_clock_gettime", SYS_clock_gettime},
    {"__vdso_gettimeofday", SYS_gettimeofday},
    {"__vdso_time", SYS_time},
};
enum { VDSO_CALLS = sizeof vdso_calls / sizeof vdso_calls[0] };

static uint64_t vdso_offsets[VDSO_CALLS];
static bool vdso_known;

struct vdso_tables {
    const Elf64_Sym *symbols;
    const char *names;
    const uint32_t *hash; /* DT_HASH: [1] is the number of symbols */
    const uint32_t *gnu;  /* DT_GNU_HASH */
    uint64_t bias;
};

static void vdso_find_tables(const char *image, struct vdso_tables *v)
{
    const Elf64_Ehdr *eh = (const void *)image;
    const Elf64_Phdr *ph = (const void *)(image + eh->e_phoff);
    const Elf64_Dyn *dyn = NULL;
    for (int i = 0; i < eh->e_phnum; i++) {
        if (ph[i].p_type == PT_DYNAMIC)
            dyn = (const void *)(image + ph[i].p_offset);
        if (ph[i].p_type == PT_LOAD)
            v->bias = ph[i].p_vaddr - ph[i].p_offset;
    }
    for (; dyn && dyn->d_tag != DT_NULL; dyn++) {
        const void *at = image + (dyn->d_un.d_ptr - v->bias);
        if (dyn->d_tag == DT_SYMTAB)
            v->symbols = at;
        if (dyn->d_tag == DT_STRTAB)
            v->names = at;
        if (dyn->d_tag == DT_HASH)
            v->hash = at;
        if (dyn->d_tag == DT_GNU_HASH)
            v->gnu = at;
    }
}

/* The symbol table has no length of its own; the hash tables know it. */
static uint32_t vdso_symbol_count(const struct vdso_tables *v)
{
    if (v->hash)
        return v->hash[1];
    if (!v->gnu)
        return 0;
    uint32_t n_buckets = v->gnu[0], first = v->gnu[1], words = v->gnu[2];
    const uint32_t *buckets = v->gnu + 4 + 2 * words;
    const uint32_t *chain = buckets + n_buckets;
    uint32_t last = 0;
    for (uint32_t i = 0; i < n_buckets; i++)
        if (buckets[i] > last)
            last = buckets[i];
    if (last < first)
        return first;
    while (!(chain[last - first] & 1))
        last++;
    return last + 1;
}

static void vdso_learn(void)
{
    const char *image = (const char *)getauxval(AT_SYSINFO_EHDR);
    struct vdso_tables v = {0};
    vdso_known = true;
    if (!image)
        return;
    vdso_find_tables(image, &v);
    uint32_t n = v.symbols && v.names ? vdso_symbol_count(&v) : 0;
    for (uint32_t i = 0; i < n; i++)
        for (int k = 0; k < VDSO_CALLS; k++)
            if (strcmp(v.names + v.symbols[i].st_name, vdso_calls[k].name) == 0)
                vdso_offsets[k] = v.symbols[i].st_value - v.bias;
}

/* The pages are write-protected, which ptrace(2) does not mind. */
static void vdso_patch(pid_t tid, uint64_t vdso)
{
    if (!vdso_known)
        vdso_learn();
    for (int k = 0; vdso && k < VDSO_CALLS; k++) {
        /* mov $number,%eax; syscall; ret */
        unsigned char code[] = {0xb8, 0, 0, 0, 0, 0x0f, 0x05, 0xc3};
        long word;
        memcpy(code + 1, &vdso_calls[k].number, 4);
        memcpy(&word, code, sizeof word);
        if (vdso_offsets[k] &&
            ptrace(PTRACE_POKEDATA, tid,
                   (void *)(uintptr_t)(vdso + vdso_offsets[k]),
                   (void *)word) < 0)
            break;
    }
}

/* --- the student's code ---------------------------------------------------- */

/* The first exec is the program's own; whatever else is executed is not. */
static bool is_program(struct observer *o, pid_t tid)
{
    char path[64];
    struct stat st;
    snprintf(path, sizeof path, "/proc/%d/exe", tid);
    if (stat(path, &st) < 0)
        return false;
    if (o->program_inode == 0) {
        o->program_inode = st.st_ino;
        o->program_device = st.st_dev;
    }
    return st.st_ino == o->program_inode && st.st_dev == o->program_device;
}

static void find_text(struct task *t, const struct auxiliary *a)
{
    Elf64_Phdr ph[16];
    struct process *p = t->process;
    size_t n = a->n_headers < 16 ? (size_t)a->n_headers : 16;
    if (peek(t, a->headers, ph, n * sizeof ph[0]) < 0)
        return;
    for (size_t i = 0; i < n; i++)
        if (ph[i].p_type == PT_PHDR)
            p->base = a->headers - ph[i].p_vaddr;
    for (size_t i = 0; i < n; i++)
        if (ph[i].p_type == PT_LOAD && (ph[i].p_flags & PF_X)) {
            p->text_low = p->base + ph[i].p_vaddr;
            p->text_high = p->text_low + ph[i].p_memsz;
        }
}

static void read_name(pid_t tid, char name[16])
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/comm", tid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, name, 16);
    if (fd >= 0)
        close(fd);
    name[n > 0 ? n - 1 : 0] = '\0';
}

void image_prepare(struct observer *o, struct task *t)
{
    struct process *p = t->process;
    struct auxiliary a;
    read_auxiliary(t, &a);
    if (!o->real_clock) {
        vdso_patch(t->tid, a.vdso);
        uint64_t random[2] = {o->random * 0x9e3779b97f4a7c15U,
                              o->random ^ 0xbf58476d1ce4e5b9U};
        put(t, a.random, random, sizeof random);
    }
    p->text_low = p->text_high = p->base = 0;
    p->libc_low = p->libc_high = 0;
    if (is_program(o, t->tid))
        find_text(t, &a);
    read_name(t->tid, p->name);
}
