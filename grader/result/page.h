/**
 * @file
 * Text for a terminal: wrapped, and free of whatever could move its cursor.
 */
#ifndef PROCLAB_RESULT_PAGE_H
#define PROCLAB_RESULT_PAGE_H

#include "result/format.h"

struct page {
    FILE *out;
    int width;
    bool colour, unicode;
};

enum page_colour { PAGE_PLAIN, PAGE_DIM, PAGE_BOLD, PAGE_GREEN, PAGE_RED,
                   PAGE_YELLOW };

/** Prints in a colour, where the page has any; PAGE_PLAIN ends it. */
void page_colour(const struct page *page, enum page_colour colour);

/** Prints a text as it is, made harmless. @return columns */
int page_put(const struct page *page, const char *text);

/**
 * Prints a text in lines, the first one after `label`, the others below it.
 * @param indent columns before the label
 * @param hang columns before the text, at least indent + the label's
 */
void page_paragraph(const struct page *page, int indent, const char *label,
                    int hang, const char *text);

/**
 * Prints a line with a text at its left and one at its right end.  A left one
 * that does not fit goes on in further lines, or is cut.
 * @param used columns that are printed already; further lines begin there
 */
void page_line(const struct page *page, int used, const char *left,
               const char *right, bool cut);

#endif
