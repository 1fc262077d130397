/**
 * @file
 * Why this machine does not let us, and what to do about it.  All are asked
 * after something was refused: they look for the cause.
 *
 * What they return reads "what happened; what to do", where "; " stands in it
 * once, and is static or thread-local: not to be freed.
 */
#ifndef PROCLAB_SANDBOX_MACHINE_H
#define PROCLAB_SANDBOX_MACHINE_H

/** A number that the kernel shows in a file. @return -1 if there is none */
long machine_number(const char *path);

/** ptrace(2) was refused. */
const char *machine_no_ptrace(void);

/** A seccomp filter could not be installed. */
const char *machine_no_filter(void);

/**
 * A nest could not be made.
 * @param error errno of the step that failed
 * @param where the step as in struct nest_message; "" for clone(2) itself
 */
const char *machine_no_nest(int error, const char *where);

#endif
