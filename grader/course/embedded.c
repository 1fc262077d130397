/* The files that the program carries; the table comes from embed.sh. */

#include <string.h>

#include "course/catalog.h"

extern const struct embedded embedded_table[];
extern const size_t embedded_count;

const struct embedded *embedded_files(size_t *n)
{
    *n = embedded_count;
    return embedded_table;
}

const struct embedded *embedded_find(const char *path)
{
    size_t low = 0, high = embedded_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(path, embedded_table[middle].path);
        if (order == 0)
            return &embedded_table[middle];
        if (order < 0)
            high = middle;
        else
            low = middle + 1;
    }
    return NULL;
}
