/**
 * @file
 * What may be written to a stream: colour, width, Unicode.
 */
#ifndef PROCLAB_CLI_TERMINAL_H
#define PROCLAB_CLI_TERMINAL_H

#include <stdbool.h>

#include "result/page.h"

struct terminal {
    bool is_terminal;
    bool colour;  /**< only on a terminal, and neither NO_COLOR nor TERM=dumb */
    bool unicode; /**< the locale's encoding is UTF-8, terminal or not */
    int width;    /**< columns, at least 40; 80 where nobody knows */
};

/** @param fd 1 or 2; -1: a file, no terminal at all */
struct terminal terminal_of(int fd);

/** Standard output, for text that is to be wrapped. */
struct page terminal_page(void);

#endif
