/**
 * @file
 * The end of a text: the points of each exercise and of all, and what is next.
 */
#ifndef PROCLAB_RESULT_TOTALS_H
#define PROCLAB_RESULT_TOTALS_H

#include "result/page.h"

/** "1/3", or "?/3". */
const char *totals_points(char buffer[static 32], bool known, int points,
                          int most);

/** Length of the part of a command before " grade": how to call proclab. */
size_t totals_program(const char *command);

/** Whether an exercise shows in the totals alone: nobody has begun with it, and
 * something else comes first. */
bool totals_only(const struct result *result, size_t exercise,
                 const struct text_style *style);

void totals_write(const struct page *page, const struct result *result,
                  const struct text_style *style);

#endif
