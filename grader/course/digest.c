#include "course/digest.h"

#include "course/hash.h"

static void add_numbers(struct sha256_ctx *hash, const int64_t *numbers,
                        size_t n)
{
    for (size_t i = 0; i < n; i++)
        hash_number(hash, (long)numbers[i]);
}
#define NUMBERS(hash, ...)                                                 \
    add_numbers(hash, (const int64_t[]){__VA_ARGS__},                      \
                sizeof((const int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

static void add_facts(struct sha256_ctx *hash, const struct trace_facts *f)
{
    NUMBERS(hash, f->parent, f->group, f->session, f->terminal, f->umask,
            f->uid, f->euid, f->gid, f->egid, f->nice, (int64_t)f->blocked,
            (int64_t)f->ignored, (int64_t)f->caught,
            (int64_t)f->n_descriptors);
    hash_string(hash, f->cwd);
    hash_string(hash, f->root);
    hash_string(hash, f->command);
    for (size_t i = 0; i < f->n_descriptors; i++) {
        const struct trace_descriptor *d = &f->descriptors[i];
        NUMBERS(hash, d->number, d->object, d->access, d->close_on_exec,
                d->ordinal);
        hash_string(hash, d->path);
    }
}

static void add_event(struct sha256_ctx *hash, const struct trace_event *e)
{
    NUMBERS(hash, e->t_ns, e->kind, e->proc, e->thread, e->other, e->a, e->b,
            (int64_t)e->pc, e->text != NULL, e->facts != NULL);
    if (e->text)
        hash_piece(hash, e->text, e->len);
    if (e->facts)
        add_facts(hash, e->facts);
}

void trace_digest(const struct trace *trace,
                  uint8_t digest[static SHA256_DIGEST_SIZE])
{
    struct sha256_ctx hash;
    sha256_init(&hash);
    NUMBERS(&hash, trace->outcome, trace->exact, trace->honest_clock,
            trace->end_ns, (int64_t)trace->n_events);
    for (size_t i = 0; i < trace->n_events; i++)
        add_event(&hash, &trace->events[i]);
    sha256_digest(&hash, SHA256_DIGEST_SIZE, digest);
}
