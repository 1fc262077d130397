#include "course/distance.h"

enum { LOOKED_AT = 128 };

static size_t least(size_t a, size_t b)
{
    return a < b ? a : b;
}

size_t edit_distance(const char *a, size_t a_len, const char *b, size_t b_len)
{
    size_t row[LOOKED_AT + 1];
    a_len = least(a_len, LOOKED_AT);
    b_len = least(b_len, LOOKED_AT);
    for (size_t j = 0; j <= b_len; j++)
        row[j] = j;
    for (size_t i = 1; i <= a_len; i++) {
        size_t diagonal = row[0];
        row[0] = i;
        for (size_t j = 1; j <= b_len; j++) {
            size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            diagonal = row[j];
            row[j] = least(replaced, least(row[j], row[j - 1]) + 1);
        }
    }
    return row[b_len];
}

int distance_is_near(size_t distance, size_t len)
{
    return distance * 3 <= len;
}
