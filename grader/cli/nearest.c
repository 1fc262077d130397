#include "cli/nearest.h"

#include <string.h>

#include "course/distance.h"

const char *nearest_word(const char *typed, const char *const *words, size_t n)
{
    /* A swap of two letters counts as two slips, and that must be near even
     * in a word as short as "rnu". */
    size_t len = strlen(typed), best = len / 3 + 2;
    const char *found = NULL;
    for (size_t i = 0; i < n; i++) {
        if (!words[i])
            continue;
        size_t distance = edit_distance(typed, len, words[i], strlen(words[i]));
        if (distance < best && distance < len) {
            best = distance;
            found = words[i];
        }
    }
    return found;
}
