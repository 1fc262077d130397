#include "classroom/roll.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/cleanup.h"
#include "course/intake.h"

static struct roll_entry stray(const char *reason)
{
    return (struct roll_entry){.kind = ROLL_STRAY, .reason = reason};
}

static struct roll_entry nothing(const char *reason)
{
    return (struct roll_entry){.kind = ROLL_NOTHING, .reason = reason};
}

static bool is_empty(int dir)
{
    int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    DIR *stream = fd < 0 ? NULL : fdopendir(fd);
    int n = 0;
    if (!stream && fd >= 0)
        close(fd);
    while (stream && readdir(stream))
        n++;
    if (stream)
        closedir(stream);
    return stream && n <= 2;
}

static struct roll_entry look_into(int dir, const char *name)
{
    if (faccessat(dir, ".", X_OK, AT_EACCESS) < 0)
        return (struct roll_entry){
            .kind = ROLL_CLOSED,
            .reason = "the directory's permissions forbid to look into it",
        };
    if (intake_is_submission(dir))
        return (struct roll_entry){.kind = ROLL_SUBMISSION};
    if (name[0] == '.')
        return stray("a hidden directory");
    return nothing(is_empty(dir) ? "the directory is empty"
                                 : "no exercise (CHAPTER/EXERCISE.c) lies in "
                                   "the directory");
}

static struct roll_entry look_at(int at, const char *name)
{
    struct stat st;
    if (fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) < 0)
        return nothing("it cannot be looked at");
    if (S_ISLNK(st.st_mode))
        return nothing("a link, and links are not followed");
    if (S_ISREG(st.st_mode))
        return stray("a file, not a directory");
    if (!S_ISDIR(st.st_mode))
        return stray("neither a file nor a directory");
    autoclose int fd =
        openat(at, name, O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? nothing("it cannot be opened") : look_into(fd, name);
}

static int add(struct roll *roll, const char *name)
{
    struct roll_entry entry = look_at(roll->dir, name);
    struct roll_entry *more =
        reallocarray(roll->entries, roll->n + 1, sizeof *more);
    if (!more)
        return -ENOMEM;
    roll->entries = more;
    entry.name = strdup(name);
    if (!entry.name)
        return -ENOMEM;
    more[roll->n++] = entry;
    return 0;
}

static bool is_same(int at, const char *name, int other)
{
    struct stat a, b;
    return other >= 0 && fstat(other, &b) == 0 &&
           fstatat(at, name, &a, AT_SYMLINK_NOFOLLOW) == 0 &&
           a.st_dev == b.st_dev && a.st_ino == b.st_ino;
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static int add_all(struct roll *roll, DIR *stream, int results)
{
    struct dirent *entry;
    int rc = 0;
    while (rc == 0 && (errno = 0, entry = readdir(stream)))
        if (!is_dots(entry->d_name) &&
            !is_same(roll->dir, entry->d_name, results))
            rc = add(roll, entry->d_name);
    return rc < 0 ? rc : -errno;
}

static int by_name(const void *a, const void *b)
{
    const struct roll_entry *left = a, *right = b;
    return strcmp(left->name, right->name);
}

int roll_read(const char *path, int results, struct roll *out)
{
    struct roll roll = {.dir = -1};
    DIR *stream = opendir(path);
    if (!stream)
        return -errno;
    roll.dir = fcntl(dirfd(stream), F_DUPFD_CLOEXEC, 3);
    int rc = roll.dir < 0 ? -errno : add_all(&roll, stream, results);
    closedir(stream);
    if (rc < 0) {
        roll_free(&roll);
        return rc;
    }
    if (roll.n > 0)
        qsort(roll.entries, roll.n, sizeof roll.entries[0], by_name);
    *out = roll;
    return 0;
}

void roll_free(struct roll *roll)
{
    for (size_t i = 0; i < roll->n; i++)
        free(roll->entries[i].name);
    free(roll->entries);
    if (roll->dir >= 0)
        close(roll->dir);
    *roll = (struct roll){.dir = -1};
}

int roll_open(const struct roll *roll, const struct roll_entry *entry)
{
    int fd = openat(roll->dir, entry->name,
                    O_PATH | O_NOFOLLOW | O_DIRECTORY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}
