#include "course/catalog.h"

#include <stdlib.h>
#include <string.h>

#include "course/distance.h"

/* The linker's names for the ends of the section that EXERCISE() fills; weak,
 * as there is no such section in a program without exercises. */
extern const struct exercise *const __start_proclab_exercises[]
    __attribute__((weak));
extern const struct exercise *const __stop_proclab_exercises[]
    __attribute__((weak));

int catalog_order(const struct exercise *a, const struct exercise *b)
{
    size_t chapter = strcspn(a->id, "/");
    if (strncmp(a->id, b->id, chapter + 1) == 0 && a->place != b->place)
        return a->place - b->place;
    return strcmp(a->id, b->id);
}

static int in_order(const void *a, const void *b)
{
    return catalog_order(*(const struct exercise *const *)a,
                         *(const struct exercise *const *)b);
}

const struct exercise *const *catalog(size_t *n)
{
    static const struct exercise **sorted;
    const struct exercise *const *from = __start_proclab_exercises;
    size_t bytes = (size_t)((const char *)__stop_proclab_exercises -
                            (const char *)__start_proclab_exercises);
    *n = bytes / sizeof *sorted;
    if (!sorted && bytes > 0) {
        sorted = malloc(bytes);
        if (!sorted)
            abort();
        memcpy(sorted, from, bytes);
        qsort(sorted, *n, sizeof *sorted, in_order);
    }
    return sorted;
}

/* The part of an id behind the chapter: "cancel_download". */
static const char *own_name(const struct exercise *exercise)
{
    const char *slash = strrchr(exercise->id, '/');
    return slash ? slash + 1 : exercise->id;
}

/* Length of a name as typed, without ".c" behind. */
static size_t typed_length(const char *name)
{
    size_t len = strlen(name);
    return len > 2 && strcmp(name + len - 2, ".c") == 0 ? len - 2 : len;
}

static bool same(const char *id, const char *typed, size_t len)
{
    return strlen(id) == len && memcmp(id, typed, len) == 0;
}

const struct exercise *catalog_find(const char *name)
{
    size_t n, len = typed_length(name);
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++)
        if (same(all[i]->id, name, len) || same(own_name(all[i]), name, len))
            return all[i];
    return NULL;
}

/* A name without a chapter is compared with names without one. */
static size_t distance_to(const struct exercise *exercise, const char *name,
                          size_t len)
{
    const char *id = memchr(name, '/', len) ? exercise->id : own_name(exercise);
    return edit_distance(id, strlen(id), name, len);
}

const struct exercise *catalog_nearest(const char *name)
{
    size_t n, len = typed_length(name), best = len;
    const struct exercise *nearest = NULL;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++) {
        size_t distance = distance_to(all[i], name, len);
        if (distance < best && distance_is_near(distance, len)) {
            best = distance;
            nearest = all[i];
        }
    }
    return nearest;
}

static const struct check *check_of(const struct exercise *exercise,
                                    const char *id)
{
    for (const struct check *check = exercise->checks; check->id; check++)
        if (strcmp(check->id, id) == 0)
            return check;
    return NULL;
}

const struct check *catalog_check(const char *id,
                                  const struct exercise **exercise)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++) {
        const struct check *check = check_of(all[i], id);
        if (!check)
            continue;
        if (exercise)
            *exercise = all[i];
        return check;
    }
    return NULL;
}

int catalog_points(const struct exercise *exercise)
{
    int points = 0;
    for (const struct check *check = exercise->checks; check->id; check++)
        points += check->points;
    return points;
}
