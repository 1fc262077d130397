#include "report/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/cleanup.h"
#include "report/figure.h"

/* The submission itself may be named by a link, as everywhere. */
static int open_notes(const char *dir)
{
    autoclose int top = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (top < 0)
        return -errno;
    int fd =
        openat(top, "notes", O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    return fd >= 0 ? fd : -errno;
}

static int read_all(int fd, char *bytes, size_t size, size_t *len)
{
    for (*len = 0; *len < size;) {
        ssize_t n = read(fd, bytes + *len, size - *len);
        if (n < 0 && errno != EINTR)
            return -errno;
        if (n == 0)
            break;
        *len += n > 0 ? (size_t)n : 0;
    }
    bytes[*len] = '\0';
    return 0;
}

static int read_file(int notes, const char *name, size_t most, char **bytes,
                     size_t *len)
{
    struct stat st;
    autoclose int fd =
        openat(notes, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0 || fstat(fd, &st) < 0)
        return -errno;
    if (!S_ISREG(st.st_mode))
        return -EINVAL;
    if (st.st_size > (off_t)most)
        return -EFBIG;
    char *read = malloc((size_t)st.st_size + 1);
    if (!read)
        return -ENOMEM;
    int rc = read_all(fd, read, (size_t)st.st_size, len);
    if (rc == 0)
        *bytes = read;
    else
        free(read);
    return rc;
}

int folder_text(const char *dir, const char *name, char **text, size_t *len)
{
    autoclose int notes = open_notes(dir);
    if (notes < 0)
        return notes == -ENOTDIR ? -ELOOP : notes;
    return read_file(notes, name, FOLDER_TEXT_MOST, text, len);
}

const char *folder_words(int rc)
{
    switch (rc) {
    case -ENOENT:
        return "is not there";
    case -ELOOP:
        return "is a link, or lies behind one: links are not followed";
    case -EINVAL:
        return "is not a regular file";
    case -EFBIG:
        return "is larger than 64 KB";
    default:
        return strerror(-rc);
    }
}

/* --- pictures ------------------------------------------------------------- */

struct kind {
    const char *suffix, *type;
};

static const struct kind kinds[] = {
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".svg", "image/svg+xml"},
};

static const char *type_of(const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; dot && i < sizeof kinds / sizeof *kinds; i++)
        if (strcmp(dot, kinds[i].suffix) == 0)
            return kinds[i].type;
    return NULL;
}

/* @return bytes that were taken */
static size_t add_picture(json_t *pictures, int dir, const char *name,
                          size_t room)
{
    const char *type = type_of(name);
    char *bytes = NULL, *key = NULL;
    size_t len = 0;
    if (room > FOLDER_FIGURE_MOST)
        room = FOLDER_FIGURE_MOST;
    if (!type || read_file(dir, name, room, &bytes, &len) < 0)
        return 0;
    char *uri = figure_uri(type, bytes, len);
    if (uri && asprintf(&key, "figures/%s", name) >= 0)
        json_object_set_new(pictures, key, json_string(uri));
    free(key);
    free(uri);
    free(bytes);
    return len;
}

static void add_pictures(json_t *pictures, int dir)
{
    struct dirent **entries;
    char path[64];
    size_t room = FOLDER_FIGURES_MOST;
    snprintf(path, sizeof path, "/proc/self/fd/%d", dir);
    int n = scandir(path, &entries, NULL, alphasort);
    for (int i = 0; i < n; i++) {
        room -= add_picture(pictures, dir, entries[i]->d_name, room);
        free(entries[i]);
    }
    if (n >= 0)
        free(entries);
}

json_t *folder_figures(const char *dir)
{
    json_t *pictures = json_object();
    autoclose int notes = open_notes(dir);
    autoclose int figures =
        notes < 0 ? -1
                  : openat(notes, "figures",
                           O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (pictures && figures >= 0)
        add_pictures(pictures, figures);
    return pictures;
}
