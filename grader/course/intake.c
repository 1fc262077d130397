/* Each part of the path is opened by itself, with O_PATH and O_NOFOLLOW: that
 * opens neither a FIFO nor a device and cannot hang.  What turned out to be a
 * regular file is then opened through /proc/self/fd, so nobody can put another
 * in its place in between. */

#include "course/intake.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "course/catalog.h"
#include "course/cleanup.h"
#include "course/nearby.h"

/* What the messages speak of. */
struct place {
    int dir;          /* the submission */
    const char *name; /* its own name */
    char chapter[64];
    char file[80]; /* "cancel_download.c" */
    char **problem;
};

/* Sets the sentence for the student. */
__attribute__((format(printf, 2, 3))) static int refuse(const struct place *p,
                                                        const char *format, ...)
{
    va_list args;
    va_start(args, format);
    int n = vasprintf(p->problem, format, args);
    va_end(args);
    if (n >= 0)
        return -EINVAL;
    *p->problem = NULL;
    return -ENOMEM;
}

static int open_part(int at, const char *name, int flags)
{
    int fd = openat(at, name, O_PATH | O_NOFOLLOW | O_CLOEXEC | flags);
    return fd < 0 ? -errno : fd;
}

int intake_name(const char *dir, char **name)
{
    autofree char *path = realpath(dir, NULL);
    struct stat st;
    if (!path || stat(path, &st) < 0)
        return -errno;
    if (!S_ISDIR(st.st_mode))
        return -ENOTDIR;
    const char *slash = strrchr(path, '/');
    *name = strdup(slash[1] ? slash + 1 : path);
    return *name ? 0 : -ENOMEM;
}

/* "solution" for a submission called "solutions", the course's own. */
static const char *own_tree(const struct place *p)
{
    if (strcmp(p->name, "starter") == 0)
        return "starter";
    return strcmp(p->name, "solutions") == 0 ? "solution" : NULL;
}

/* Whether the chapter is the link that the course's own trees have. */
static bool is_own_link(const struct place *p, char *target, size_t size)
{
    char reads[PATH_MAX];
    const char *tree = own_tree(p);
    if (!tree)
        return false;
    snprintf(target, size, "../chapters/%s/%s", p->chapter, tree);
    ssize_t n = readlinkat(p->dir, p->chapter, reads, sizeof reads);
    return n == (ssize_t)strlen(target) &&
           memcmp(reads, target, (size_t)n) == 0;
}

/* Walks a relative path part by part, following no link. */
static int walk(int at, char *path)
{
    int fd = dup(at);
    if (fd < 0)
        return -errno;
    for (char *save, *part = strtok_r(path, "/", &save); part && fd >= 0;
         part = strtok_r(NULL, "/", &save)) {
        int next = open_part(fd, part, O_DIRECTORY);
        close(fd);
        fd = next;
    }
    return fd;
}

static int explain_chapter(const struct place *p, int rc)
{
    struct stat st;
    bool there = fstatat(p->dir, p->chapter, &st, AT_SYMLINK_NOFOLLOW) == 0;
    if (there && S_ISLNK(st.st_mode))
        return refuse(p,
                      "%s is a link, and links are not followed: put the "
                      "directory itself there.",
                      p->chapter);
    if (there && !S_ISDIR(st.st_mode))
        return refuse(p,
                      "%s is not a directory: move the file away and put "
                      "%s into a directory %s.",
                      p->chapter, p->file, p->chapter);
    if (rc == -EACCES)
        return refuse(p, "The directory %s cannot be opened: `chmod u+rx %s`.",
                      p->chapter, p->chapter);
    if (faccessat(p->dir, p->file, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        return refuse(p,
                      "There is no %s/%s, but there is a %s: move it into "
                      "a directory %s.",
                      p->chapter, p->file, p->file, p->chapter);
    return refuse(p,
                  "There is no directory %s: `proclab new` makes it, with "
                  "%s in it.",
                  p->chapter, p->file);
}

static int open_chapter(const struct place *p)
{
    char target[PATH_MAX];
    int fd = open_part(p->dir, p->chapter, O_DIRECTORY);
    if (fd >= 0)
        return fd;
    if (is_own_link(p, target, sizeof target)) {
        int own = walk(p->dir, target);
        if (own >= 0)
            return own;
    }
    return explain_chapter(p, fd);
}

static int explain_missing(const struct place *p, int chapter)
{
    char near[NAME_MAX + 1];
    if (nearby_file(chapter, p->file, near, sizeof near))
        return refuse(p,
                      "There is no file %s/%s, but there is one called "
                      "\"%s\": rename it.",
                      p->chapter, p->file, near);
    return refuse(p,
                  "There is no file %s/%s: write it, or take the starter "
                  "again with `proclab new`.",
                  p->chapter, p->file);
}

/* Checks what the file is before it is opened. */
static int check_kind(const struct place *p, const struct stat *st)
{
    if (S_ISLNK(st->st_mode))
        return refuse(p,
                      "%s/%s is a link, and links are not followed: put "
                      "the file itself there.",
                      p->chapter, p->file);
    if (!S_ISREG(st->st_mode))
        return refuse(p,
                      "%s/%s is not a regular file: put your C source "
                      "there.",
                      p->chapter, p->file);
    if (st->st_size == 0)
        return refuse(p,
                      "%s/%s is empty: save your work into it, or take the "
                      "starter again with `proclab new`.",
                      p->chapter, p->file);
    if (st->st_size > INTAKE_MOST)
        return refuse(p,
                      "%s/%s is larger than 1 MB, too large for a C "
                      "source: is it really one?",
                      p->chapter, p->file);
    return 0;
}

static int reopen(int path_fd)
{
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", path_fd);
    int fd = open(link, O_RDONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    return fd < 0 ? -errno : fd;
}

/* Reads at most INTAKE_MOST bytes, also of a file that grows. */
static int slurp(int fd, char **text, size_t *len)
{
    autofree char *bytes = malloc(INTAKE_MOST + 1);
    size_t have = 0;
    if (!bytes)
        return -ENOMEM;
    while (have < INTAKE_MOST) {
        ssize_t n = read(fd, bytes + have, INTAKE_MOST - have);
        if (n < 0 && errno != EINTR)
            return -errno;
        if (n == 0)
            break;
        have += n > 0 ? (size_t)n : 0;
    }
    bytes[have] = '\0';
    *text = bytes;
    *len = have;
    bytes = NULL;
    return 0;
}

static int take(const struct place *p, int path_fd, char **text, size_t *len)
{
    struct stat st;
    if (fstat(path_fd, &st) < 0)
        return -errno;
    int rc = check_kind(p, &st);
    if (rc < 0)
        return rc;
    autoclose int fd = reopen(path_fd);
    if (fd == -EACCES)
        return refuse(p, "%s/%s cannot be read: `chmod u+r %s/%s`.", p->chapter,
                      p->file, p->chapter, p->file);
    if (fd < 0)
        return fd;
    rc = slurp(fd, text, len);
    if (rc < 0 || !memchr(*text, '\0', *len))
        return rc;
    free(*text);
    *text = NULL;
    return refuse(p,
                  "%s/%s holds NUL bytes, so it is no C source: save it as "
                  "plain text (UTF-8), not as UTF-16.",
                  p->chapter, p->file);
}

static int take_from(const struct place *p, char **text, size_t *len)
{
    autoclose int chapter = open_chapter(p);
    if (chapter < 0)
        return chapter;
    autoclose int fd = open_part(chapter, p->file, 0);
    if (fd == -ENOENT)
        return explain_missing(p, chapter);
    if (fd == -EACCES)
        return refuse(p,
                      "The directory %s cannot be searched: `chmod u+rx "
                      "%s`.",
                      p->chapter, p->chapter);
    return fd < 0 ? fd : take(p, fd, text, len);
}

int intake_source(const char *dir, const char *exercise, char **text,
                  size_t *len, char **problem)
{
    autofree char *name = NULL;
    *problem = NULL;
    int rc = intake_name(dir, &name);
    if (rc < 0)
        return rc;
    autoclose int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return -errno;
    struct place p = {.dir = fd, .name = name, .problem = problem};
    const char *slash = strchr(exercise, '/');
    if (!slash || slash - exercise >= (long)sizeof p.chapter ||
        strlen(slash + 1) + 3 > sizeof p.file)
        return -ENAMETOOLONG;
    memcpy(p.chapter, exercise, (size_t)(slash - exercise));
    snprintf(p.file, sizeof p.file, "%s.c", slash + 1);
    return take_from(&p, text, len);
}

static bool is_link(int at, const char *name)
{
    struct stat st;
    return fstatat(at, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
           S_ISLNK(st.st_mode);
}

static bool may_hold(int dir, const char *id)
{
    char chapter[64], file[96];
    const char *slash = strchr(id, '/');
    snprintf(chapter, sizeof chapter, "%.*s", (int)(slash - id), id);
    snprintf(file, sizeof file, "%s.c", slash + 1);
    if (is_link(dir, chapter))
        return true;
    autoclose int fd = open_part(dir, chapter, O_DIRECTORY);
    struct stat st;
    if (fd < 0)
        return fd == -EACCES;
    return fstatat(fd, file, &st, AT_SYMLINK_NOFOLLOW) == 0 || errno == EACCES;
}

bool intake_is_submission(int dir)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; i < n; i++)
        if (may_hold(dir, all[i]->id))
            return true;
    return false;
}
