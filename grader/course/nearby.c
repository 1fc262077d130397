#include "course/nearby.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "course/catalog.h"
#include "course/distance.h"
#include "trace/text.h"

enum { NAMES_AT_MOST = 500 };

/* The name without what editors and browsers add behind. */
static size_t stem(const char *name)
{
    size_t len = strcspn(name, ".");
    return len > 0 ? len : strlen(name);
}

/* SIZE_MAX: it cannot have been meant.  The best of equals is the first in
 * the alphabet, whatever the order of the directory. */
static size_t distance_of(const char *name, const char *missing)
{
    size_t want = stem(missing);
    const struct exercise *other = catalog_find(name);
    if (name[0] == '.' || (other && other != catalog_find(missing)))
        return (size_t)-1;
    size_t distance = edit_distance(name, stem(name), missing, want);
    return distance_is_near(distance, want) ? distance : (size_t)-1;
}

static bool search(DIR *stream, const char *missing, char *best)
{
    size_t least = (size_t)-1;
    struct dirent *entry;
    for (int i = 0; i < NAMES_AT_MOST && (entry = readdir(stream)); i++) {
        size_t distance = distance_of(entry->d_name, missing);
        if (distance > least || distance == (size_t)-1)
            continue;
        if (distance == least && strcmp(entry->d_name, best) > 0)
            continue;
        least = distance;
        strcpy(best, entry->d_name);
    }
    return least != (size_t)-1;
}

bool nearby_file(int dir, const char *missing, char *name, size_t size)
{
    char best[sizeof((struct dirent *)0)->d_name];
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    DIR *stream = fdopendir(fd);
    if (!stream) {
        close(fd);
        return false;
    }
    bool found = search(stream, missing, best);
    closedir(stream);
    if (found)
        text_clean(best, name, size, false);
    return found;
}
