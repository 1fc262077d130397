#include "tests/place.h"

#include <err.h>
#include <ftw.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

void place_of_built(const char *name, char *path, size_t size)
{
    char own[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
    if (len < 0)
        err(EXIT_FAILURE, "/proc/self/exe");
    own[len] = '\0';
    *strrchr(own, '/') = '\0';
    if (snprintf(path, size, "%s/%s", own, name) >= (int)size)
        errx(EXIT_FAILURE, "the path of %s is too long", name);
}

/* This file is grader/tests/place.c: two directories up. */
void place_of_source(const char *name, char *path, size_t size)
{
    int here = (int)(strrchr(__FILE__, '/') + 1 - __FILE__);
    int n = snprintf(path, size, "%.*s../../%s", here, __FILE__, name);
    if (n >= (int)size)
        errx(EXIT_FAILURE, "the path of %s is too long", name);
}

static int remove_entry(const char *path, const struct stat *st, int type,
                        struct FTW *ftw)
{
    (void)st, (void)type, (void)ftw;
    return remove(path);
}

int place_remove(const char *directory)
{
    return nftw(directory, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

long place_number(const char *variable, long otherwise)
{
    const char *text = getenv(variable);
    return text && *text ? atol(text) : otherwise;
}
