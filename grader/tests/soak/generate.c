/* A script is grown along one line of time: at each step some process that
 * has not ended yet gets one more statement, with the next unit of the cycle
 * as its phase.  What a statement waits for with a deadline has a phase of its
 * own, too.
 *
 * That makes what happens at an instant the consequence of one statement.
 * Where one statement has several consequences for one process, the kernel
 * leaves their order open: a child that is the last writer of a pipe ends, and
 * its parent, in read(2), has a handler for SIGCHLD.  Such pairs are in
 * different families, and a determined script is of one family. */
#include "tests/soak/generate.h"

#include <stdio.h>
#include <stdlib.h>

#include "tests/soak/statements.h"

/* What everyone inherits. */
static void begin(struct script *s, struct process *root)
{
    static const char *const all[] = {"on USR1 h", "on USR2 r", "on HUP h",
                                      "on ALRM r", "on INT h", "on TERM r"};
    static const char *const child[] = {"on CHLD h", "on CHLD r"};
    unsigned handled = GROUPS | STOPPED_GROUPS | STOPS;
    for (int i = 0; i < 6; i++)
        if (s->family & handled || one_in(s, 3))
            say(s, root, "%s", all[i]);
    if (s->family & (CHILD_SIGNALS | STOPS) && one_in(s, 2))
        say(s, root, "%s", PICK(s, child));
    if (s->family & PIPES) {
        say(s, root, "pipe 0");
        say(s, root, "pipe 1");
    }
    say_fork(s, root);
}

static void end(struct script *s)
{
    for (int i = s->n - 1; i >= 0; i--) {
        struct process *p = &s->process[i];
        if (p->over)
            continue;
        if (p->children > 0 && draw(s, 3) > 0)
            say(s, p, "reap");
        if (p->n == STATEMENTS)
            p->n--;
        say_exit(s, p);
    }
}

static struct process *someone(struct script *s)
{
    for (int i = 0; i < 50; i++) {
        struct process *p = &s->process[draw(s, s->n)];
        if (!p->over && p->n < STATEMENTS)
            return p;
    }
    return NULL;
}

static void print(const struct script *s, const struct process *p, FILE *f)
{
    for (int i = 0; i < p->n; i++) {
        const struct statement *st = &p->statement[i];
        fprintf(f, "%s\n", st->text);
        if (st->body >= 0) {
            print(s, &s->process[st->body], f);
            fprintf(f, "}\n");
        }
    }
}

static void choose_family(struct script *s)
{
    static const unsigned families[] = {CHILD_SIGNALS, PIPES, GROUPS,
                                        STOPPED_GROUPS, DEATHS, STOPS};
    s->family = s->determined ? PICK(s, families) : ALL;
}

char *script_generate(uint64_t seed, bool determined)
{
    char *text = NULL;
    size_t size;
    struct process *p;
    struct script *s = calloc(1, sizeof *s);
    FILE *f = open_memstream(&text, &size);
    if (!s || !f)
        abort();
    *s = (struct script){.determined = determined, .n = 1,
                         .random = {(unsigned short)(seed >> 32),
                                    (unsigned short)seed,
                                    (unsigned short)(seed >> 16)}};
    nrand48(s->random);
    choose_family(s);
    begin(s, &s->process[0]);
    for (int n = 4 + draw(s, 40); n > 0 && (p = someone(s)); n--)
        say_something(s, p);
    end(s);
    fprintf(f, "time 20 %d 3\n", s->phase + 12);
    print(s, &s->process[0], f);
    fclose(f);
    free(s);
    return text;
}

char *script_with_unit(const char *script, int unit_ms)
{
    char *text;
    int cycle, limit, rest;
    if (sscanf(script, "time %*d %d %d%n", &cycle, &limit, &rest) != 2 ||
        asprintf(&text, "time %d %d %d%s", unit_ms, cycle, limit,
                 script + rest) < 0)
        abort();
    return text;
}
