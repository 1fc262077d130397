/* What the two halves of the interpreter share: who this process is, and what
 * the time is in units of the script. */
#ifndef PROCLAB_TESTS_SOAK_INTERPRET_H
#define PROCLAB_TESTS_SOAK_INTERPRET_H

#include "../programs/subject.h"

enum { SLOTS = 10, PIPES = 4 };

/* All of it survives exec: see store() and load(). */
struct me {
    char label[64];       /* place in the tree: "0.2.1" */
    long long base_ns;    /* CLOCK_MONOTONIC at the start of the program */
    long long unit_ns;
    long long cycle;      /* units */
    long long limit;      /* cycles; then the guards kill */
    long long phase;      /* of the statement that made this process */
    long long forks;
    long long parent;     /* pid */
    long long pid[SLOTS]; /* children of this process and its ancestors */
    long long pidfd[SLOTS];
    long long mine[SLOTS]; /* a child of this very process, not yet reaped */
    long long pipe[PIPES][2];
};
extern struct me me;

/* Prints a line with the label and the time; from handlers as well. */
__attribute__((format(printf, 1, 2))) void tell(const char *format, ...);

/* The same of a result, or of errno. */
void tell_result(const char *what, long result);

long long now_ns(void);

/* The next moment whose number of units is PHASE modulo the cycle. */
long long next_ns(long long phase);

/* Units, rounded. */
long long units(long long ns);

struct timespec spec(long long ns);

/* sleep HOW PHASE: a timed wait of some kind. @return whether there is one of
 * this name */
bool sleep_by(const char *how, long long phase);

/* The number of a signal by its name, 0: there is none. */
int signal_by(const char *name);

/* The place of a child's name in me.pid. */
int slot_by(const char *name);
/* The name of a process that we know. */
const char *who(long long pid);

struct statement {
    long long phase; /* or -1 */
    char verb[16], a[16], b[16];
    const char *body; /* of a block */
};
bool is(const struct statement *s, const char *verb);

/* Each executes a statement. @return false: it is none of these */
bool about_processes(const struct statement *s);
bool about_signals(const struct statement *s);
bool about_time_and_pipes(const struct statement *s);

/* The statements of a block. */
void run(const char *text);

/* Reads what an exec handed on. */
void load(char *text);

/* A new image or process ends when the script's time is over. */
void set_guard(void);

/* Waits until no child is left. */
void do_reap(void);

extern char *interpreter; /* our own file */

#endif
