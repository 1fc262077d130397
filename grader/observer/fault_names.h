/**
 * @file
 * The names that rules for faults are made of.
 */
#ifndef PROCLAB_OBSERVER_FAULT_NAMES_H
#define PROCLAB_OBSERVER_FAULT_NAMES_H

enum {
    FAULT_NO_CALL = -1,
    FAULT_ALIASES = 10,
    FAULT_ERRORS = 134,
    FAULT_SIGNALS = 65
};

/** A name for several calls, or for some of a kind. */
struct fault_alias {
    const char *name;
    int calls[4]; /**< ended by FAULT_NO_CALL */
};
extern const struct fault_alias fault_aliases[FAULT_ALIASES];

/** The kernel's names by number, FAULT_NUMBERS of them, without the rt_ in
 * front that nobody writes; NULL: no such call. */
const char *const *fault_kernel_names(void);
/** Aliases and the kernel's names; FAULT_ALIASES + FAULT_NUMBERS. */
const char *const *fault_call_words(void);
/** Names of errors by number, FAULT_ERRORS; some are NULL. */
const char *const *fault_error_words(void);
/** Names of signals by number, FAULT_SIGNALS; some are NULL. */
const char *const *fault_signal_words(void);

#endif
