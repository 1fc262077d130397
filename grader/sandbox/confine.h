/**
 * @file
 * Processes that cannot outlive us: runs a command (the compiler) under limits
 * in a pid namespace of its own, so that all that it started is dead when
 * confine_run() returns or the caller dies.
 */
#ifndef PROCLAB_SANDBOX_CONFINE_H
#define PROCLAB_SANDBOX_CONFINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/** What to run.  Where we are root, `dir` is made to belong to the user that the
 * command runs as; that user need not have the right to pass through what
 * lies above it. */
struct confine_request {
    const char *const *argv; /**< argv[0] is searched in PATH; ends with NULL */
    const char *dir;         /**< working directory, or NULL */
    const char *tmpdir;      /**< TMPDIR of the command, or NULL */
    int64_t wall_ms;         /**< real time allowed */
    int64_t cpu_s;           /**< CPU seconds of each process */
    size_t memory;           /**< address space of each process, bytes */
    size_t file_size;        /**< largest file it may write, bytes */
    size_t output;           /**< bytes of stderr to keep; more ends it */
};

struct confine_result {
    int status;     /**< as from wait(2) */
    bool timed_out; /**< wall_ms was over and it was killed */
    bool flooded;   /**< more than `output` bytes on stderr; it was killed */
    char *output;   /**< what it wrote to stderr, ended by NUL; to be freed */
    size_t len;
};

/**
 * @param[out] result set on success only
 * @param[out] why set if this machine does not allow it: what happened and
 *                 what to do (static or thread-local); else left alone
 * @return 0 when the command was started and is over, however it ended;
 *         -ENOENT no such command; other -Exxx from the kernel
 */
int confine_run(const struct confine_request *request,
                struct confine_result *result, const char **why);

#endif
