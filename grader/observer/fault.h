/**
 * @file
 * Injected faults: what a system call shall do in place of what the kernel
 * would do.  The grammar is that of strace(1), -e inject=; where we differ is
 * told in docs/howto-inject-faults.md.
 */
#ifndef PROCLAB_OBSERVER_FAULT_H
#define PROCLAB_OBSERVER_FAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { FAULT_NUMBERS = 512, FAULTS_MOST = 32 };

/** A set of system call numbers. */
struct fault_calls {
    uint64_t bits[FAULT_NUMBERS / 64];
};

/** What is to happen to a call; zeros: nothing. */
struct fault_effect {
    bool has_result;  /**< not executed */
    long result;      /**< what it returns; -errno is a failure */
    uint64_t at_most; /**< executed with this count at most; 0: as it is */
    int signal;       /**< sent to the caller at the entry; 0: none */
    int signal_exit;  /**< and behind the call */
    int64_t enter_ns; /**< waits so long before the call, virtual time */
    int64_t exit_ns;  /**< and behind it */
};

/** A rule: which calls, and what happens to them. */
struct fault {
    struct fault_calls calls;
    bool processes_only; /**< of clone(2) what makes a process, no thread */
    bool waits_only;     /**< of futex(2) what waits */
    struct fault_effect effect;
    /** The calls it means among those of a task that it names, from 1: each
     * step-th one from first to last. */
    unsigned first, last, step;
    char place[32]; /**< of the process that it means, as in "1.2"; "":
                         any */
};

/** What is wrong with a rule. */
struct fault_mistake {
    char part[64];            /**< the wrong part, cut */
    const char *sentence;     /**< what is wrong with it, or what is allowed */
    const char *const *words; /**< one of these was meant, perhaps; or NULL */
    size_t n_words;
};

/**
 * Reads a rule.
 * @param[out] out set on success only
 * @param[out] why set on -EINVAL only; static storage; may be NULL
 * @return 0 or -EINVAL
 */
int fault_parse(const char *text, struct fault *out, struct fault_mistake *why);

/** Whether the set has the system call of this number. */
bool fault_calls_has(const struct fault_calls *set, long number);

/** The name of a system call for people ("fork", "sigaction"), or NULL. */
const char *fault_call_name(long number);

#endif
