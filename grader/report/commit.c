#include "report/commit.h"

#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

/* The first line of a regular file below `git`. */
static bool first_line(const char *git, const char *name, char line[static 512])
{
    char path[PATH_MAX];
    struct stat st;
    int n = snprintf(path, sizeof path, "%s/%s", git, name);
    if (n < 0 || (size_t)n >= sizeof path || lstat(path, &st) != 0 ||
        !S_ISREG(st.st_mode))
        return false;
    FILE *file = fopen(path, "re");
    bool read = file && fgets(line, 512, file);
    if (file)
        fclose(file);
    if (read)
        line[strcspn(line, "\n")] = '\0';
    return read;
}

static bool is_commit(const char *text)
{
    size_t len = strspn(text, "0123456789abcdef");
    return text[len] == '\0' && (len == 40 || len == 64);
}

/* "HASH refs/heads/main" */
static bool packed(const char *git, const char *ref, char line[static 512])
{
    char path[PATH_MAX];
    snprintf(path, sizeof path, "%.*s/packed-refs", PATH_MAX - 16, git);
    FILE *file = fopen(path, "re");
    bool found = false;
    while (file && !found && fgets(line, 512, file)) {
        line[strcspn(line, "\n")] = '\0';
        char *blank = strchr(line, ' ');
        found = blank && strcmp(blank + 1, ref) == 0;
        if (found)
            *blank = '\0';
    }
    if (file)
        fclose(file);
    return found;
}

static bool read_head(const char *git, char line[static 512])
{
    char head[512];
    if (!first_line(git, "HEAD", head))
        return false;
    if (strncmp(head, "ref: refs/", 10) != 0)
        return strcpy(line, head), true;
    const char *ref = head + strlen("ref: ");
    return !strstr(ref, "..") &&
           (first_line(git, ref, line) || packed(git, ref, line));
}

int commit_of(const char *dir, char text[static COMMIT_TEXT])
{
    char path[PATH_MAX], git[PATH_MAX + 8], line[512];
    struct stat st;
    if (!realpath(dir, path))
        return -ENOENT;
    for (;;) {
        snprintf(git, sizeof git, "%s/.git", path);
        if (lstat(git, &st) == 0)
            break;
        char *slash = strrchr(path, '/');
        if (!slash || slash == path)
            return -ENOENT;
        *slash = '\0';
    }
    if (!S_ISDIR(st.st_mode) || !read_head(git, line) || !is_commit(line))
        return -ENOENT;
    strcpy(text, line);
    return 0;
}
