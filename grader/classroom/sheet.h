/**
 * @file
 * The class's table as CSV (RFC 4180), safe to be opened by a spreadsheet.
 */
#ifndef PROCLAB_CLASSROOM_SHEET_H
#define PROCLAB_CLASSROOM_SHEET_H

#include <stdio.h>

#include "classroom/mark.h"
#include "classroom/roll.h"

/**
 * Writes a cell.  It is quoted where it must be.  A spreadsheet would take
 * what begins with = + - @ (also the wide ones) or a control character for a
 * formula, so an apostrophe is put before it; and before an apostrophe, so
 * that no two texts give the same cell.
 * @param text bytes that are no UTF-8 become U+FFFD
 */
void sheet_cell(FILE *out, const char *text);

/**
 * Writes a row of names, and one for each entry of the roll but strays.
 * @param marks one for each entry
 * @param exercises n of them: a column each
 * @return 0; -EIO, -ENOMEM
 */
int sheet_write(FILE *out, const struct roll *roll, const struct mark *marks,
                const struct exercise *const *exercises, size_t n);

#endif
