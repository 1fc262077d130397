/**
 * @file
 * A script that grows (generate.c), and the statements that can be added.
 */
#ifndef PROCLAB_TESTS_SOAK_STATEMENTS_H
#define PROCLAB_TESTS_SOAK_STATEMENTS_H

#include <stdbool.h>
#include <stdlib.h>

/** What a statement is about; why a script is of one of them: see generate.c. */
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
    bool over;      /* no statement can follow */
    unsigned known; /* processes that it can name */
    int children;
};

struct script {
    unsigned short random[3];
    unsigned family;
    bool determined;
    bool used[PHASES];
    int phase; /* of the latest statement */
    struct process process[2 * PROCESSES]; /* also those that exec makes */
    int n;
    int names; /* that were given to processes */
};

/** A number from 0 to n - 1. */
static inline int draw(struct script *s, int n)
{
    return (int)(nrand48(s->random) % n);
}

static inline bool one_in(struct script *s, int n)
{
    return draw(s, n) == 0;
}

#define PICK(s, list) ((list)[draw(s, (int)(sizeof(list) / sizeof *(list)))])

/** Adds a statement, at an instant of its own if the script is determined. */
void say(struct script *s, struct process *p, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
void say_fork(struct script *s, struct process *p);
void say_exit(struct script *s, struct process *p);
/** Adds one, hardly ever none, of the script's family. */
void say_something(struct script *s, struct process *p);

#endif
