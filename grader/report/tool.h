/**
 * @file
 * Runs a tool (pandoc, a browser) in the report's own directory: without
 * network, without other files, for a bounded time, where bubblewrap can do
 * that; else as an ordinary process.
 */
#ifndef PROCLAB_REPORT_TOOL_H
#define PROCLAB_REPORT_TOOL_H

#include <stdbool.h>

enum { TOOL_WORDS = 24 };

struct tool_request {
    const char *const *argv; /**< ended by NULL, at most TOOL_WORDS */
    const char *dir;         /**< absolute; the only one that it can write to,
                                  and where it runs */
    bool shut_in;            /**< by bubblewrap, see tool_can_shut_in() */
    int seconds;             /**< of real time; then it is killed, with all that
                                  it started.  CPU time is bounded as well. */
};

/**
 * Whether bubblewrap works here.
 * @param[out] why if not, what happened and what to do (static)
 */
bool tool_can_shut_in(const char **why);

/**
 * @param[out] said the end of what it wrote to standard output and error, to be
 *             freed; set in any case, may be NULL
 * @return 0 if it ended with exit code 0; -ENOENT there is no such program;
 *         -ETIME; -EIO it failed; other -Exxx
 */
int tool_run(const struct tool_request *request, char **said);

/** The first of these programs that is in PATH, or NULL.
 * @param names ended by NULL */
const char *tool_find(const char *const *names);

#endif
