/**
 * @file
 * Reads CSV as RFC 4180 has it.
 */
#ifndef PROCLAB_TESTS_TABLE_H
#define PROCLAB_TESTS_TABLE_H

#include <stddef.h>

struct table {
    char *text; /**< owned; all cells point into it */
    size_t columns, rows;
    char **cells; /**< owned; rows * columns of them */
};

/** Reads a table whose rows are all as long as the first one; fails the test
 * if it is none. */
struct table table_read(const char *path);
void table_free(struct table *table);

/** A cell; row 0 holds the names of the columns. */
const char *table_cell(const struct table *table, size_t row,
                       const char *column);

#endif
