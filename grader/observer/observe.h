/**
 * @file
 * observe(): runs a program, follows every process that comes from it with
 * ptrace(2), and returns the trace.
 */
#ifndef PROCLAB_OBSERVER_OBSERVE_H
#define PROCLAB_OBSERVER_OBSERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "observer/fault.h"
#include "observer/schedule.h"
#include "trace/trace.h"

/** What the program finds around it. */
enum observe_world {
    OBSERVE_GRADE, /**< the same machine each time: fresh directory that holds
                        nothing but the program, fixed environment, user, host
                        name, limits; what could harm is refused */
    OBSERVE_RUN,   /**< environment, directory and user of the caller; only
                        what would blind the observer is refused */
};

/** Which clock the program sees. */
enum observe_clock { OBSERVE_VIRTUAL, OBSERVE_REAL };

/** What a step does. */
enum observe_step_kind {
    OBSERVE_INPUT,  /**< feed `text` to standard input */
    OBSERVE_CLOSE,  /**< end of standard input */
    OBSERVE_SIGNAL, /**< send `signal` to the first process */
    OBSERVE_LOOK,   /**< record the facts of every living process */
};

/** Something that happens to the program at a virtual time. */
struct observe_step {
    int64_t at_ns;
    enum observe_step_kind kind;
    const char *text; /**< OBSERVE_INPUT only */
    int signal;       /**< OBSERVE_SIGNAL only */
};

/** A process that is there before the program starts and has no part in it;
 * the trace does not show it.  Its parent, the keeper, is pid 3, the first one
 * pid 4, and so on; the program comes behind the last. */
struct observe_bystander {
    enum observe_state { OBSERVE_SLEEPING, OBSERVE_STOPPED, OBSERVE_ZOMBIE }
        state;
    const char *name;    /**< comm, without a "/"; 15 bytes are kept */
    const char *argv[8]; /**< its command line, ended by NULL; the second one,
                              if there is one, is "-"; a zombie has none */
};

/** A file in the working directory that the program finds when it starts. */
struct observe_file {
    const char *name; /**< without a "/"; not the program's */
    const char *text;
};

/** Bounds of a run; a zero stands for the default: under OBSERVE_GRADE
 * observe_limits_default, under OBSERVE_RUN bounds so wide that only a program
 * which would never end meets them. */
struct observe_limits {
    int64_t virtual_ns; /**< virtual time */
    int64_t cpu_ns;     /**< CPU time of the whole tree */
    int64_t wall_ns;    /**< real time, the last resort */
    int64_t events;     /**< traced events */
    size_t output;      /**< bytes written to stdout and stderr */
    int tasks;          /**< processes and threads alive at once */
    size_t memory;      /**< resident bytes of the whole tree */
    size_t files;       /**< bytes in the working directory (OBSERVE_GRADE) */
};
extern const struct observe_limits observe_limits_default;

/** What to run, where, and how; what is 0 or NULL is not asked for. */
struct observe_request {
    const char *const *argv;  /**< program and arguments, ended by NULL */
    const char *program;      /**< file to execute; NULL: argv[0], searched in
                                   PATH under OBSERVE_RUN.  Under OBSERVE_GRADE
                                   it is seen as ./NAME, NAME its last part */
    const char *const *env;   /**< OBSERVE_GRADE: additional "NAME=VALUE" lines,
                                   ended by NULL; may be NULL */
    enum observe_world world;
    enum observe_clock clock;
    struct schedule schedule; /**< see schedule.h */
    uint64_t seed;            /**< for random bytes that the program asks for */
    const struct observe_step *steps; /**< in order of at_ns */
    size_t n_steps;           /**< with none but looks standard input is
                                   /dev/null */
    const struct observe_bystander *bystanders; /**< OBSERVE_GRADE only */
    size_t n_bystanders;
    const struct observe_file *files; /**< OBSERVE_GRADE only */
    size_t n_files;
    const struct fault *faults; /**< what to inject; see fault.h */
    size_t n_faults;
    bool look_at_exec;        /**< record the facts of a process after each of
                                   its execs */
    bool look_at_exit;        /**< and before its end, unless SIGKILL comes */
    int64_t watch_ns;         /**< how long to watch after the first process
                                   ended; 0: until all that is left waits
                                   without a deadline */
    struct observe_limits limits;
    int on_cpu;               /**< the CPU that it is kept on, counted from 1;
                                   0: the one that we are on now */
    bool no_places;           /**< do not find out where in the program events
                                   come from: trace_event.pc stays 0 */
    bool echo;                /**< pass the program's output on to our own
                                   stdout and stderr as it comes */
};

/**
 * Runs and observes a program; when it returns, no process of it is left.
 *
 * The calling process must have no other child than those made by sandbox/
 * and one thread only; it may be pinned to one CPU while it observes.
 *
 * @param request what to run; only read
 * @param[out] out the trace, to be freed with trace_free(); set on success only
 * @param[out] why on failure what happened and, where there is a remedy, "; "
 *             and the remedy (static or thread-local storage, do not free);
 *             may be NULL
 * @return 0; -EPERM ptrace, seccomp or namespaces are not allowed here;
 *         -ENOENT, -EACCES, -ENOEXEC the program cannot be executed; -EINVAL
 *         bad request; other -Exxx from the kernel
 */
int observe(const struct observe_request *request, struct trace **out,
            const char **why);

/**
 * Observes a program that does nothing, to learn whether this machine allows
 * it; some milliseconds.
 *
 * @param[out] why as for observe()
 * @return as observe(); -EIO it did not come to its end
 */
int observe_ready(enum observe_world world, const char **why);

/** Whether ptrace(2) alone is allowed. @return 0, -EPERM or what fork(2) said */
int observe_ptrace_ready(const char **why);

#endif
