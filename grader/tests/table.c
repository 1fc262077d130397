#include "tests/table.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/suite.h"

static char *slurp(const char *path)
{
    char *text = NULL;
    size_t len = 0, room = 0;
    FILE *in = fopen(path, "r");
    ck_assert_msg(in != NULL, "there is no %s", path);
    ssize_t n = getdelim(&text, &room, '\0', in);
    len = n > 0 ? (size_t)n : 0;
    ck_assert_msg(len > 0 && feof(in), "%s is odd", path);
    fclose(in);
    return text;
}

/* Takes the quotes of a cell away, in place. @return what comes behind it */
static char *unquote(char *cell, char **content)
{
    char *to = cell, *from = cell + 1;
    *content = cell;
    for (; *from != '"' || from[1] == '"'; from++) {
        ck_assert_msg(*from, "a quote is not closed");
        from += *from == '"';
        *to++ = *from;
    }
    *to = '\0';
    return from + 1;
}

static char *plain(char *cell, char **content)
{
    *content = cell;
    return cell + strcspn(cell, ",\r\n\"");
}

static void add(struct table *table, size_t n, char *cell)
{
    table->cells = reallocarray(table->cells, n + 1, sizeof cell);
    ck_assert_ptr_nonnull(table->cells);
    table->cells[n] = cell;
}

/* The end of a cell: a comma, or CR LF. @return whether a row ends */
static bool end_cell(char **at)
{
    bool row = **at == '\r';
    ck_assert_msg(**at == ',' || (row && (*at)[1] == '\n'),
                  "no end of a cell: %.20s", *at);
    **at = '\0';
    *at += row ? 2 : 1;
    return row;
}

struct table table_read(const char *path)
{
    struct table table = {.text = slurp(path)};
    size_t n = 0;
    for (char *at = table.text; *at;) {
        char *cell;
        at = *at == '"' ? unquote(at, &cell) : plain(at, &cell);
        bool row = end_cell(&at);
        add(&table, n++, cell);
        if (!row)
            continue;
        table.columns = table.rows == 0 ? n : table.columns;
        table.rows++;
        ck_assert_uint_eq(n, table.rows * table.columns);
    }
    return table;
}

void table_free(struct table *table)
{
    free(table->text);
    free(table->cells);
}

const char *table_cell(const struct table *table, size_t row,
                       const char *column)
{
    for (size_t i = 0; i < table->columns; i++)
        if (strcmp(table->cells[i], column) == 0)
            return table->cells[row * table->columns + i];
    ck_abort_msg("no column %s", column);
    return NULL;
}
