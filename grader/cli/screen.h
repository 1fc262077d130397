/**
 * @file
 * A screen of our own for as long as a command lasts; where standard output is
 * no terminal, pages one after the other.
 */
#ifndef PROCLAB_CLI_SCREEN_H
#define PROCLAB_CLI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>

struct screen {
    bool own; /**< what was there before is put back at the end */
};

/** Takes the terminal's other screen, if it is a terminal that has one. */
struct screen screen_open(void);

/**
 * Shows a page in place of the last one: as many of its lines as there is room
 * for, and how many are left out.
 * @param bytes lines, with colours as page.h makes them
 * @param status a last line without a newline, or NULL
 */
void screen_show(const struct screen *screen, const char *bytes, size_t len,
                 const char *status);

/** Leaves the terminal as it was. */
void screen_close(struct screen *screen);

#endif
