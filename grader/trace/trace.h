/**
 * @file
 * The trace: what the kernel did in one observed run, as plain data.
 *
 * A trace is a list of events in the order in which they happened, nothing
 * more: who was alive, who reaped whom, what a process was called are all
 * questions about the events (see query.h).  A test writes a trace by hand as
 * a constant table; only the observer and trace_from_json() allocate one.
 *
 * Processes are numbered 0, 1, 2, ... in the order in which they were born.
 * People see a process by its place in the tree ("1", "1.2", "1.2.1": the
 * second child of the first), which no schedule changes: see trace_place().
 */
#ifndef PROCLAB_TRACE_TRACE_H
#define PROCLAB_TRACE_TRACE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** In place of a process number: a process outside the tree (its starter,
 * init of its pid namespace). */
#define TRACE_OUTSIDE (-1)
/** In place of a process number: the kernel itself (SIGCHLD, SIGALRM). */
#define TRACE_KERNEL (-2)
/** In place of a process number: the scenario (a scripted signal or input). */
#define TRACE_SCENARIO (-3)
/** In place of a process number: nobody, or not known. */
#define TRACE_NOBODY (-4)

/** How a run ended. */
enum trace_outcome {
    TRACE_ENDED,           /**< no process was left */
    TRACE_LEFT_WAITING,    /**< main had ended, what was left waited without a
                                deadline or outlived the watch; it was killed */
    TRACE_DEADLOCK,        /**< everyone blocked, no deadline left */
    TRACE_LIMIT_CPU,       /**< more CPU time than allowed */
    TRACE_LIMIT_OUTPUT,    /**< more bytes written than allowed */
    TRACE_LIMIT_PROCESSES, /**< more live processes and threads than allowed */
    TRACE_LIMIT_MEMORY,    /**< more memory than allowed */
    TRACE_LIMIT_TIME,      /**< more virtual time than allowed */
    TRACE_LIMIT_EVENTS,    /**< more traced events than allowed */
    TRACE_LIMIT_WALL,      /**< the last resort: real time ran out */
};

/** How a process came to be (field a of TRACE_BORN). */
enum trace_birth {
    TRACE_BY_START, /**< the program's first process */
    TRACE_BY_FORK,
    TRACE_BY_VFORK, /**< vfork, posix_spawn, system, popen */
    TRACE_BY_CLONE, /**< clone with an exit signal other than SIGCHLD */
};

/** What a blocked task waits for (field a of TRACE_BLOCK). */
enum trace_wait {
    TRACE_WAIT_SLEEP,   /**< nanosleep, clock_nanosleep */
    TRACE_WAIT_CHILD,   /**< wait, waitpid, waitid */
    TRACE_WAIT_READ,    /**< read, recv, accept, open of a FIFO */
    TRACE_WAIT_WRITE,   /**< write to a full pipe or socket */
    TRACE_WAIT_POLL,    /**< poll, select, epoll_wait */
    TRACE_WAIT_SIGNAL,  /**< pause, sigsuspend, sigwait */
    TRACE_WAIT_FUTEX,   /**< mutex, condition, unnamed or named semaphore */
    TRACE_WAIT_IPC,     /**< System V semaphore or queue, POSIX queue */
    TRACE_WAIT_LOCK,    /**< flock, fcntl lock */
    TRACE_WAIT_VFORK,   /**< until the vfork child execs or exits */
    TRACE_WAIT_OTHER,
};

/** What became of a delivered signal (field b of TRACE_DELIVER). */
enum trace_disposition {
    TRACE_DEFAULT, /**< the default action of signal(7) */
    TRACE_IGNORED,
    TRACE_HANDLED, /**< a handler runs */
};

/** When a process was looked at (field a of TRACE_FACTS). */
enum trace_moment {
    TRACE_AT_STEP, /**< the scenario asked for it */
    TRACE_AT_EXEC, /**< a new program is about to run */
    TRACE_AT_EXIT, /**< its last thread is about to end */
};

/** What was injected into a call (field a of TRACE_FAULT). */
enum trace_fault {
    TRACE_FAULT_ERROR,  /**< it was not executed and failed; b: errno */
    TRACE_FAULT_RESULT, /**< it was not executed; b: what it returned */
    TRACE_FAULT_SHORT,  /**< b: the bytes that it was allowed to handle */
    TRACE_FAULT_SIGNAL, /**< at its entry or end; b: the signal */
    TRACE_FAULT_DELAY,  /**< at its entry or end; b: ns */
};

/** What a descriptor refers to. */
enum trace_object {
    TRACE_FILE,        /**< a regular file; path */
    TRACE_DIRECTORY,   /**< path */
    TRACE_NULL_DEVICE, /**< /dev/null; path */
    TRACE_DEVICE,      /**< another device; path */
    TRACE_TERMINAL,    /**< ordinal */
    TRACE_PIPE,        /**< ordinal */
    TRACE_FIFO,        /**< a pipe with a name; path, ordinal */
    TRACE_SOCKET,      /**< one end of a connection; ordinal */
    TRACE_STANDARD,    /**< what the run began with as standard input, output
                            or error; ordinal: 0, 1 or 2 */
    TRACE_ANONYMOUS,   /**< path: its type, as in "eventfd" */
};

/** What may be done with a descriptor; bits. */
enum trace_access {
    TRACE_NO_ACCESS = 0, /**< O_PATH */
    TRACE_READS = 1,
    TRACE_WRITES = 2,
};

/** An open descriptor. */
struct trace_descriptor {
    int number;
    enum trace_object object;
    int access; /**< bits of enum trace_access */
    bool close_on_exec;
    int ordinal; /**< pipes, sockets and terminals count from 1 in the order in
                      which the trace first shows them; the same number is the
                      same object, in all processes; else 0 */
    char *path;  /**< as the program sees it, with " (deleted)" behind it where
                      the file has no name any more; any byte but NUL; or
                      NULL */
};

/** What the kernel knew of a living process at some moment. */
struct trace_facts {
    int parent;         /**< process, or TRACE_OUTSIDE */
    int group, session; /**< the process whose pid they bear, it may be gone;
                             or TRACE_OUTSIDE */
    bool terminal;      /**< has a controlling terminal */
    char *cwd, *root;   /**< paths; NULL: not known */
    char *command;      /**< its command line as ps -f shows it: blanks for the
                             NUL bytes between arguments, none at the end; the
                             first 4,095 bytes; "" of a zombie; NULL: not
                             known */
    int umask;
    int uid, euid, gid, egid; /**< as the program sees them */
    int nice;
    uint64_t blocked, ignored, caught; /**< signal n is bit n - 1 */
    size_t n_descriptors;
    struct trace_descriptor *descriptors; /**< by number */
};

/**
 * What an event says.  In every event: `t_ns`, `proc` (who), `thread` (0 is
 * the thread group leader).  The rest by kind; unused numbers are 0, an unused
 * `other` is TRACE_NOBODY, an unused text NULL.
 */
enum trace_kind {
    TRACE_BORN,        /**< other: parent or OUTSIDE; a: enum trace_birth;
                            b: pid as the program sees it */
    TRACE_THREAD,      /**< a new thread of proc; a: its number (1, 2, ...) */
    TRACE_THREAD_EXIT, /**< thread `thread` (not the last one) ended */
    TRACE_EXEC,        /**< text: the arguments, each ended by a NUL byte */
    TRACE_EXEC_FAILED, /**< text: the path; a: errno */
    TRACE_NAME,        /**< text: the new name (comm, at most 15 bytes) */
    TRACE_BLOCK,       /**< a: enum trace_wait; b: deadline in ns or -1;
                            text: the call, as in "waitpid(-1)" */
    TRACE_RESUME,      /**< the call of the last TRACE_BLOCK of this thread
                            came back; a: its result (-errno on failure; 0
                            of open(2) and other calls that run unseen) */
    TRACE_STOP,        /**< stopped (job control); a: signal */
    TRACE_CONTINUE,    /**< runs again after TRACE_STOP */
    TRACE_SIGNAL,      /**< proc sent a signal; other: to whom (a whole group:
                            one event for each process); a: signal; b: 0 or
                            -errno; proc may be KERNEL or SCENARIO; text: the
                            call, as in "kill(-1, SIGTERM)" */
    TRACE_DELIVER,     /**< proc got a signal; other: sender; a: signal;
                            b: enum trace_disposition */
    TRACE_HANDLER,     /**< proc set a disposition; a: signal; b: enum
                            trace_disposition */
    TRACE_EXIT,        /**< proc ended; a: exit code; b: killing signal or 0
                            (then a is 0) */
    TRACE_REAP,        /**< proc (or OUTSIDE; KERNEL where SIGCHLD is ignored)
                            reaped other */
    TRACE_ORPHAN,      /**< proc lost its parent; other: the new one */
    TRACE_WRITE,       /**< a: 1 stdout, 2 stderr (whatever the descriptor's
                            number was); text: the bytes */
    TRACE_READ,        /**< proc read standard input; a: bytes, 0 at its end */
    TRACE_INPUT,       /**< proc is SCENARIO; text was fed to standard input,
                            NULL: standard input was closed */
    TRACE_GROUP,       /**< other's process group changed (proc did it); a: the
                            new group's pid as the program sees it */
    TRACE_SESSION,     /**< setsid(); a: new session's pid */
    TRACE_CALL,        /**< another call of interest; text: as in
                            "umask(022)", "chdir(/)"; a: its result */
    TRACE_FACTS,       /**< proc was looked at; a: enum trace_moment;
                            facts: what was there */
    TRACE_FAULT,       /**< a fault was injected; a: enum trace_fault; b: see
                            there; text: the call, as in "fork()" */
    TRACE_KINDS
};

struct trace_event {
    int64_t t_ns; /**< virtual time since the program's start */
    enum trace_kind kind;
    int proc;
    int thread;
    int other;
    int64_t a, b;
    char *text;    /**< may hold any byte; also ended by a NUL behind len */
    size_t len;    /**< bytes in text, without that NUL */
    uint64_t pc;   /**< the instruction of the student's program that it comes
                        from (address in its ELF file), 0 if not known */
    struct trace_facts *facts; /**< of TRACE_FACTS, else NULL */
};

/** A point of choice of the schedule and what was chosen there. */
struct trace_decision {
    int kind;     /**< enum choice_kind of the observer, see schedule.h */
    int options;  /**< how many there were; at least 2 */
    int chosen;   /**< 0 ... options - 1 */
    int usual;    /**< what child-first would have chosen here */
    size_t event; /**< how many events the trace had before */
    int proc;     /**< the process that the chosen option is about, or
                       TRACE_NOBODY */
    int other;    /**< the one that the usual option is about */
};

struct trace {
    enum trace_outcome outcome;
    bool exact;         /**< false: a CPU-bound stretch was pre-empted or a
                             limit on real resources hit, so another run may
                             differ in bytes */
    bool honest_clock;  /**< false: the schedule let the clock run while a
                             runnable process starved */
    int64_t end_ns;     /**< virtual time when the run was over */
    size_t n_events;
    struct trace_event *events;
    size_t n_decisions;
    struct trace_decision *decisions;
};

/** Frees a trace that was allocated (observe(), trace_from_json()), its events,
 * texts and decisions.  @param trace may be NULL. */
void trace_free(struct trace *trace);

/** Frees facts that were allocated, with paths and descriptors.  @param facts
 * may be NULL. */
void trace_facts_free(struct trace_facts *facts);

/** Short name of a kind, as in JSON: "born", "exec-failed", ... */
const char *trace_kind_name(enum trace_kind kind);

/** An outcome in words: "ended", "deadlock", "too much output", ... */
const char *trace_outcome_name(enum trace_outcome outcome);

#endif
