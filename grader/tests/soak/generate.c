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

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum family {
    CHILD_SIGNALS = 1, /* handlers for SIGCHLD, wait for anyone */
    PIPES = 2,
    GROUPS = 4,        /* signals to groups; none that ends */
    STOPPED_GROUPS = 8, /* job control, orphaned groups; all is handled */
    DEATHS = 16,       /* PR_SET_PDEATHSIG, subreapers */
    STOPS = 32,        /* SIGSTOP, SIGCONT, handlers for SIGCHLD */
    ALL = 63,
};

enum { PROCESSES = 10, STATEMENTS = 60, PHASES = 400, DEPTH = 4 };

struct statement {
    char text[48];
    int body; /* process that it makes, or -1 */
};

struct process {
    struct statement statement[STATEMENTS];
    int n, depth;
    bool over;          /* no statement can follow */
    unsigned known;     /* processes that it can name */
    int children;
};

struct script {
    unsigned short random[3];
    unsigned family;
    bool determined;
    bool used[PHASES];
    int phase;
    struct process process[2 * PROCESSES]; /* also those that exec makes */
    int n;
    int names;
};

static int draw(struct script *s, int n)
{
    return (int)(nrand48(s->random) % n);
}

static bool one_in(struct script *s, int n)
{
    return draw(s, n) == 0;
}

static int next_phase(struct script *s)
{
    while (s->phase < PHASES - 1 && s->used[++s->phase])
        ;
    return s->phase;
}

/* A phase that comes soon and belongs to nobody. */
static int deadline(struct script *s)
{
    int at = s->phase + 1 + draw(s, 9);
    while (at < PHASES - 1 && s->used[at])
        at++;
    s->used[at] = s->determined;
    return at;
}

__attribute__((format(printf, 3, 4))) static void
add(struct script *s, struct process *p, const char *format, ...)
{
    if (p->n == STATEMENTS)
        return;
    struct statement *new = &p->statement[p->n++];
    char text[32];
    va_list list;
    va_start(list, format);
    vsnprintf(text, sizeof text, format, list);
    va_end(list);
    new->body = -1;
    if (s->determined || one_in(s, 4))
        snprintf(new->text, sizeof new->text, "@%d %s", next_phase(s), text);
    else
        snprintf(new->text, sizeof new->text, "%s", text);
}

#define PICK(s, list) ((list)[draw(s, (int)(sizeof(list) / sizeof *(list)))])

/* --- what can be said ---------------------------------------------------------- */

static struct process *new_process(struct script *s, const struct process *from)
{
    struct process *p = &s->process[s->n++];
    *p = (struct process){.depth = from->depth, .known = from->known};
    return p;
}

static void add_fork(struct script *s, struct process *p)
{
    static const char *const ways[] = {"fork", "fork", "fork", "vfork",
                                       "spawn"};
    bool handled = s->family & (GROUPS | STOPPED_GROUPS | STOPS);
    if (p->depth == DEPTH || s->names == PROCESSES || s->n == 2 * PROCESSES ||
        p->n == STATEMENTS)
        return;
    int name = s->names++;
    add(s, p, "%s %c {", handled && s->determined ? "fork" : PICK(s, ways),
        'a' + name);
    struct process *child = new_process(s, p);
    child->depth++;
    p->statement[p->n - 1].body = (int)(child - s->process);
    p->known |= 1U << name;
    p->children++;
}

static void add_exec(struct script *s, struct process *p)
{
    if (s->n == 2 * PROCESSES || p->n == STATEMENTS)
        return;
    add(s, p, "exec {");
    struct process *same = new_process(s, p);
    same->children = p->children;
    p->statement[p->n - 1].body = (int)(same - s->process);
    p->over = true;
}

static const char *some_process(struct script *s, const struct process *p)
{
    static char name[2];
    int at = draw(s, PROCESSES);
    for (int i = 0; i < PROCESSES; i++, at = (at + 1) % PROCESSES)
        if (p->known & 1U << at) {
            name[0] = (char)('a' + at);
            return name;
        }
    return one_in(s, 3) ? "self" : "parent";
}

static const char *some_signal(struct script *s)
{
    static const char *const any[] = {"USR1", "USR2", "TERM", "KILL", "INT",
                                      "HUP", "ALRM", "0", "STOP", "CONT",
                                      "TSTP", "CHLD"};
    static const char *const stopping[] = {"STOP", "TSTP", "CONT", "CONT",
                                           "USR1", "USR2", "KILL"};
    if (!s->determined)
        return PICK(s, any);
    if (s->family & (STOPPED_GROUPS | STOPS))
        return PICK(s, stopping);
    return any[draw(s, 8)];
}

static void add_kill(struct script *s, struct process *p)
{
    const char *to = one_in(s, 8)   ? "self"
                     : one_in(s, 8) ? "parent"
                                    : some_process(s, p);
    /* What its death does to the sender comes at the same instant. */
    if (s->determined && s->family & (DEATHS | STOPPED_GROUPS) &&
        strcmp(to, "parent") == 0)
        to = "self";
    add(s, p, "kill %s %s", to, some_signal(s));
}

static void add_group_kill(struct script *s, struct process *p)
{
    static const char *const harmless[] = {"USR1", "USR2", "0"};
    add(s, p, "kill group %s", PICK(s, harmless));
}

static void add_wait(struct script *s, struct process *p)
{
    static const char *const plain[] = {"", "", "n"};
    static const char *const full[] = {"", "u", "uc", "c", "nuc"};
    bool stops = s->family & (STOPPED_GROUPS | STOPS);
    const char *how = stops ? PICK(s, full) : PICK(s, plain);
    bool any = s->family & (CHILD_SIGNALS | STOPS) && one_in(s, 2);
    const char *whom = any ? "any" : some_process(s, p);
    if (one_in(s, 3))
        add(s, p, "waitid %s %s%s", whom, how, one_in(s, 3) ? "w" : "");
    else
        add(s, p, "wait %s %s", whom, how);
}

static void add_reap(struct script *s, struct process *p)
{
    if (p->children > 0 && one_in(s, 3))
        add(s, p, "reap");
}

static void add_sleep(struct script *s, struct process *p)
{
    static const char *const ways[] = {
        "nanosleep", "clock", "absolute", "poll", "ppoll", "select",
        "pselect", "epoll", "sem", "futex", "sigtimedwait", "timerfd"};
    int until = deadline(s);
    add(s, p, "sleep %s %d", PICK(s, ways), until);
}

static void add_timer(struct script *s, struct process *p)
{
    int until = deadline(s);
    switch (draw(s, 5)) {
    case 0:
        add(s, p, "alarm off");
        break;
    case 1:
        add(s, p, "ticks %d", until);
        break;
    case 2:
        add(s, p, "getitimer");
        break;
    default:
        add(s, p, "alarm %d", until);
    }
}

/* In families where all must stay handled there is no way back. */
static void add_handler(struct script *s, struct process *p)
{
    static const char *const signals[] = {"USR1", "USR2", "ALRM", "TERM",
                                          "HUP", "INT"};
    bool handled =
        s->determined && s->family & (GROUPS | STOPPED_GROUPS | STOPS);
    static const char *const ways[] = {"h", "r", "i", "d"};
    add(s, p, "on %s %s", PICK(s, signals),
        handled ? ways[draw(s, 2)] : PICK(s, ways));
}

static void add_child_handler(struct script *s, struct process *p)
{
    static const char *const ways[] = {"h", "r", "s", "h", "d", "i"};
    add(s, p, "on CHLD %s", PICK(s, ways));
}

static void add_mask(struct script *s, struct process *p)
{
    static const char *const signals[] = {"USR1", "USR2", "TERM", "ALRM",
                                          "CHLD"};
    static const char *const verbs[] = {"block", "unblock", "block", "unblock",
                                        "suspend"};
    if (one_in(s, 4))
        add(s, p, "pending");
    else if (one_in(s, 6))
        add(s, p, "pause");
    else
        add(s, p, "%s %s", PICK(s, verbs), PICK(s, signals));
}

static void add_question(struct script *s, struct process *p)
{
    static const char *const verbs[] = {"ppid", "pgrp"};
    if (one_in(s, 3) && p->known)
        add(s, p, "state %s", some_process(s, p));
    else
        add(s, p, "%s", PICK(s, verbs));
}

static void add_pipe_use(struct script *s, struct process *p)
{
    int until = deadline(s);
    switch (draw(s, 8)) {
    case 0:
    case 1:
        add(s, p, "read 0");
        break;
    case 2:
    case 3:
    case 4:
        add(s, p, "write %d %d", draw(s, 2), one_in(s, 9) ? 100000 : 5);
        break;
    case 5:
        add(s, p, "pollin 1 %d", until);
        break;
    default:
        add(s, p, "close %d %s", draw(s, 2), one_in(s, 3) ? "r" : "w");
    }
}

static void add_group(struct script *s, struct process *p)
{
    if (one_in(s, 5)) {
        add(s, p, "setsid");
    } else {
        char whom[8];
        snprintf(whom, sizeof whom, "%s",
                 one_in(s, 2) ? "self" : some_process(s, p));
        add(s, p, "setpgid %s %s", whom,
            one_in(s, 3) ? some_process(s, p) : whom);
    }
}

static void add_family_tie(struct script *s, struct process *p)
{
    static const char *const signals[] = {"USR1", "TERM", "USR2", "KILL"};
    if (one_in(s, 3))
        add(s, p, "subreaper %d", draw(s, 4) > 0);
    else
        add(s, p, "deathsig %s", PICK(s, signals));
}

static void add_crowd(struct script *s, struct process *p)
{
    if (one_in(s, 2))
        add(s, p, "storm %d", 1 + draw(s, 8));
    else
        add(s, p, "yield %d", 1 + draw(s, 20));
}

static void add_exit(struct script *s, struct process *p)
{
    add(s, p, "exit %d", draw(s, 10));
    p->over = true;
}

static const struct maker {
    int weight;
    unsigned families;
    void (*make)(struct script *, struct process *);
} makers[] = {
    {6, ALL, add_fork},
    {1, CHILD_SIGNALS | PIPES | DEATHS, add_exec},
    {8, ALL, add_kill},
    {6, GROUPS, add_group_kill},
    {5, ALL, add_wait},
    {1, ALL, add_reap},
    {8, ALL, add_sleep},
    {3, ALL, add_timer},
    {4, ALL, add_handler},
    {4, CHILD_SIGNALS | STOPS, add_child_handler},
    {4, ALL, add_mask},
    {2, ALL, add_question},
    {8, PIPES, add_pipe_use},
    {5, GROUPS | STOPPED_GROUPS, add_group},
    {6, DEATHS, add_family_tie},
    {2, ALL, add_exit},
};
enum { MAKERS = sizeof makers / sizeof *makers };

/* --- growing ---------------------------------------------------------------------- */

static void grow(struct script *s, struct process *p)
{
    if (!s->determined && one_in(s, 12)) {
        add_crowd(s, p);
        return;
    }
    for (;;) {
        const struct maker *m = &makers[draw(s, MAKERS)];
        if (m->families & s->family && draw(s, 8) < m->weight) {
            m->make(s, p);
            return;
        }
    }
}

/* What everyone inherits. */
static void begin(struct script *s, struct process *root)
{
    static const char *const all[] = {"on USR1 h", "on USR2 r", "on HUP h",
                                      "on ALRM r", "on INT h", "on TERM r"};
    static const char *const child[] = {"on CHLD h", "on CHLD r"};
    unsigned handled = GROUPS | STOPPED_GROUPS | STOPS;
    for (int i = 0; i < 6; i++)
        if (s->family & handled || one_in(s, 3))
            add(s, root, "%s", all[i]);
    if (s->family & (CHILD_SIGNALS | STOPS) && one_in(s, 2))
        add(s, root, "%s", PICK(s, child));
    if (s->family & PIPES) {
        add(s, root, "pipe 0");
        add(s, root, "pipe 1");
    }
    add_fork(s, root);
}

static void end(struct script *s)
{
    for (int i = s->n - 1; i >= 0; i--) {
        struct process *p = &s->process[i];
        if (p->over)
            continue;
        if (p->children > 0 && draw(s, 3) > 0)
            add(s, p, "reap");
        if (p->n == STATEMENTS)
            p->n--;
        add_exit(s, p);
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
        grow(s, p);
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
