/**
 * @file
 * Bytes of a program or a student, made fit for a printed page.
 *
 * What comes out is valid UTF-8 in which no character moves, hides or turns
 * round its neighbours: sequences for terminals (CSI, OSC and the like) are
 * left out, other control characters become their pictures (U+2400 ...),
 * invalid bytes and characters without a column of their own U+FFFD.  (More
 * accents on a letter than any language has are too many.)
 */
#ifndef PROCLAB_REPORT_CLEAN_H
#define PROCLAB_REPORT_CLEAN_H

#include <stdbool.h>
#include <stddef.h>

struct clean_style {
    bool lines; /**< newlines stay, and a tab goes on to the next eighth column;
                     else both become pictures */
    int wrap;   /**< with `lines`: columns after which a line is broken; 0:
                     never */
    int indent; /**< blanks before what is broken */
};

/** @return to be freed, or NULL when memory ran out */
char *clean_text(const char *bytes, size_t len,
                 const struct clean_style *style);

/** A string in one line. @param text may be NULL, for "" */
char *clean_line(const char *text);

#endif
