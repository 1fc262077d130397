/**
 * @file
 * What `proclab run --stdin FILE` feeds to the program, and when.
 *
 * A file whose first word begins with '@' is a script, a line a step:
 *
 *     # blank lines and comments are skipped
 *     @0 status
 *     @2000 cancel File2
 *     @2500 EOF
 *
 * The number is a virtual time in ms, never less than the one before; the text
 * is fed with a newline behind it.  Without "EOF" standard input stays open.
 * Any other file is fed at once as it is, and standard input then ends.
 */
#ifndef PROCLAB_CLI_STDIN_SCRIPT_H
#define PROCLAB_CLI_STDIN_SCRIPT_H

#include "observer/observe.h"

struct stdin_script {
    char *text;                 /**< owned */
    struct observe_step *steps; /**< owned; their texts lie in `text` */
    size_t n;
};

/**
 * @param path "-" is standard input
 * @param[out] out to be freed with stdin_script_free(); set on success only
 * @param[out] why on failure a sentence with the line's number, to be freed
 *             with free(); NULL when memory ran out
 * @return 0; -EINVAL not a script; -E2BIG too large; other -Exxx from reading
 */
int stdin_script_read(const char *path, struct stdin_script *out, char **why);

/** stdin_script_read() for a text that was read already.
 * @param text taken over on success; holds no NUL byte but its end */
int stdin_script_parse(char *text, struct stdin_script *out, char **why);

void stdin_script_free(struct stdin_script *script);

#endif
