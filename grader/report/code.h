/**
 * @file
 * Highlighted code as pandoc writes it, with fewer elements in it.
 *
 * Of all that is in a report a browser spends most of its time on these.
 */
#ifndef PROCLAB_REPORT_CODE_H
#define PROCLAB_REPORT_CODE_H

#include <stddef.h>

/**
 * Each line becomes `<i>`, its number, and its words; spans are left of four
 * classes only, those of keywords (kw), strings (st), numbers (dv) and comments
 * (co); what follows each other in one colour is one span.
 * @param html a page by pandoc, in which nobody else writes a "<" that is a
 *        tag; changed in place
 * @return bytes that are left
 */
size_t code_tidy(char *html);

#endif
