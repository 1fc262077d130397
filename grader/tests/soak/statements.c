/* The makers of statements.  Each draws what it leaves open. */
#include "tests/soak/statements.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

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

void say(struct script *s, struct process *p, const char *format, ...)
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

static struct process *new_process(struct script *s, const struct process *from)
{
    struct process *p = &s->process[s->n++];
    *p = (struct process){.depth = from->depth, .known = from->known};
    return p;
}

void say_fork(struct script *s, struct process *p)
{
    static const char *const ways[] = {"fork", "fork", "fork", "vfork",
                                       "spawn"};
    bool handled = s->family & (GROUPS | STOPPED_GROUPS | STOPS);
    if (p->depth == DEPTH || s->names == PROCESSES || s->n == 2 * PROCESSES ||
        p->n == STATEMENTS)
        return;
    int name = s->names++;
    say(s, p, "%s %c {", handled && s->determined ? "fork" : PICK(s, ways),
        'a' + name);
    struct process *child = new_process(s, p);
    child->depth++;
    p->statement[p->n - 1].body = (int)(child - s->process);
    p->known |= 1U << name;
    p->children++;
}

static void say_exec(struct script *s, struct process *p)
{
    if (s->n == 2 * PROCESSES || p->n == STATEMENTS)
        return;
    say(s, p, "exec {");
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

static void say_kill(struct script *s, struct process *p)
{
    const char *to = one_in(s, 8)   ? "self"
                     : one_in(s, 8) ? "parent"
                                    : some_process(s, p);
    /* What its death does to the sender comes at the same instant. */
    if (s->determined && s->family & (DEATHS | STOPPED_GROUPS) &&
        strcmp(to, "parent") == 0)
        to = "self";
    say(s, p, "kill %s %s", to, some_signal(s));
}

static void say_group_kill(struct script *s, struct process *p)
{
    static const char *const harmless[] = {"USR1", "USR2", "0"};
    say(s, p, "kill group %s", PICK(s, harmless));
}

static void say_wait(struct script *s, struct process *p)
{
    static const char *const plain[] = {"", "", "n"};
    static const char *const full[] = {"", "u", "uc", "c", "nuc"};
    bool stops = s->family & (STOPPED_GROUPS | STOPS);
    const char *how = stops ? PICK(s, full) : PICK(s, plain);
    bool any = s->family & (CHILD_SIGNALS | STOPS) && one_in(s, 2);
    const char *whom = any ? "any" : some_process(s, p);
    if (one_in(s, 3))
        say(s, p, "waitid %s %s%s", whom, how, one_in(s, 3) ? "w" : "");
    else
        say(s, p, "wait %s %s", whom, how);
}

static void say_reap(struct script *s, struct process *p)
{
    if (p->children > 0 && one_in(s, 3))
        say(s, p, "reap");
}

static void say_sleep(struct script *s, struct process *p)
{
    static const char *const ways[] = {
        "nanosleep", "clock", "absolute", "poll", "ppoll", "select",
        "pselect", "epoll", "sem", "futex", "sigtimedwait", "timerfd"};
    int until = deadline(s);
    say(s, p, "sleep %s %d", PICK(s, ways), until);
}

static void say_timer(struct script *s, struct process *p)
{
    int until = deadline(s);
    switch (draw(s, 5)) {
    case 0:
        say(s, p, "alarm off");
        break;
    case 1:
        say(s, p, "ticks %d", until);
        break;
    case 2:
        say(s, p, "getitimer");
        break;
    default:
        say(s, p, "alarm %d", until);
    }
}

/* In families where all must stay handled there is no way back. */
static void say_handler(struct script *s, struct process *p)
{
    static const char *const signals[] = {"USR1", "USR2", "ALRM", "TERM",
                                          "HUP", "INT"};
    bool handled =
        s->determined && s->family & (GROUPS | STOPPED_GROUPS | STOPS);
    static const char *const ways[] = {"h", "r", "i", "d"};
    say(s, p, "on %s %s", PICK(s, signals),
        handled ? ways[draw(s, 2)] : PICK(s, ways));
}

static void say_child_handler(struct script *s, struct process *p)
{
    static const char *const ways[] = {"h", "r", "s", "h", "d", "i"};
    say(s, p, "on CHLD %s", PICK(s, ways));
}

static void say_mask(struct script *s, struct process *p)
{
    static const char *const signals[] = {"USR1", "USR2", "TERM", "ALRM",
                                          "CHLD"};
    static const char *const verbs[] = {"block", "unblock", "block", "unblock",
                                        "suspend"};
    if (one_in(s, 4))
        say(s, p, "pending");
    else if (one_in(s, 6))
        say(s, p, "pause");
    else
        say(s, p, "%s %s", PICK(s, verbs), PICK(s, signals));
}

static void say_question(struct script *s, struct process *p)
{
    static const char *const verbs[] = {"ppid", "pgrp"};
    if (one_in(s, 3) && p->known)
        say(s, p, "state %s", some_process(s, p));
    else
        say(s, p, "%s", PICK(s, verbs));
}

static void say_pipe_use(struct script *s, struct process *p)
{
    int until = deadline(s);
    switch (draw(s, 8)) {
    case 0:
    case 1:
        say(s, p, "read 0");
        break;
    case 2:
    case 3:
    case 4:
        say(s, p, "write %d %d", draw(s, 2), one_in(s, 9) ? 100000 : 5);
        break;
    case 5:
        say(s, p, "pollin 1 %d", until);
        break;
    default:
        say(s, p, "close %d %s", draw(s, 2), one_in(s, 3) ? "r" : "w");
    }
}

static void say_group(struct script *s, struct process *p)
{
    if (one_in(s, 5)) {
        say(s, p, "setsid");
    } else {
        char whom[8];
        snprintf(whom, sizeof whom, "%s",
                 one_in(s, 2) ? "self" : some_process(s, p));
        say(s, p, "setpgid %s %s", whom,
            one_in(s, 3) ? some_process(s, p) : whom);
    }
}

static void say_family_tie(struct script *s, struct process *p)
{
    static const char *const signals[] = {"USR1", "TERM", "USR2", "KILL"};
    if (one_in(s, 3))
        say(s, p, "subreaper %d", draw(s, 4) > 0);
    else
        say(s, p, "deathsig %s", PICK(s, signals));
}

static void say_crowd(struct script *s, struct process *p)
{
    if (one_in(s, 2))
        say(s, p, "storm %d", 1 + draw(s, 8));
    else
        say(s, p, "yield %d", 1 + draw(s, 20));
}

void say_exit(struct script *s, struct process *p)
{
    say(s, p, "exit %d", draw(s, 10));
    p->over = true;
}

static const struct maker {
    int weight;
    unsigned families;
    void (*make)(struct script *, struct process *);
} makers[] = {
    {6, ALL, say_fork},
    {1, CHILD_SIGNALS | PIPES | DEATHS, say_exec},
    {8, ALL, say_kill},
    {6, GROUPS, say_group_kill},
    {5, ALL, say_wait},
    {1, ALL, say_reap},
    {8, ALL, say_sleep},
    {3, ALL, say_timer},
    {4, ALL, say_handler},
    {4, CHILD_SIGNALS | STOPS, say_child_handler},
    {4, ALL, say_mask},
    {2, ALL, say_question},
    {8, PIPES, say_pipe_use},
    {5, GROUPS | STOPPED_GROUPS, say_group},
    {6, DEATHS, say_family_tie},
    {2, ALL, say_exit},
};
enum { MAKERS = sizeof makers / sizeof *makers };

void say_something(struct script *s, struct process *p)
{
    if (!s->determined && one_in(s, 12)) {
        say_crowd(s, p);
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
