/* proclab new: a student's directory, from the files that the program carries.
 *
 * The Makefile is the same for everyone, with no path of this machine in it:
 * a student's directory is moved, shared and handed in.  Where proclab is not
 * in PATH, we say what to add instead. */

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "course/catalog.h"

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    const char **dir = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        if (*dir)
            argp_error(state, "one directory at a time");
        *dir = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which directory? For example: proclab new lab");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .parser = parse_option,
    .args_doc = "DIR",
    .doc = "Makes a directory to work in: a chapter's lesson and the starter "
           "code of its exercises below DIR/CHAPTER, a Makefile, notes for the "
           "lab report. In a directory that exists already it adds what is "
           "missing and changes nothing.",
};

/* Where a file of the repository goes in a student's tree, below DIR; false
 * for what students do not get. */
static bool place_of(const char *path, char *place, size_t size)
{
    char chapter[NAME_MAX + 1], file[NAME_MAX + 1];
    const char *rest;
    int n = 0;
    if (strncmp(path, "starter/", 8) == 0) {
        n = snprintf(place, size, "%s", path + 8);
        return (size_t)n < size;
    }
    if (sscanf(path, "chapters/%255[^/]/%255s", chapter, file) != 2)
        return false;
    rest = strncmp(file, "starter/", 8) == 0 ? file + 8 : file;
    if (rest == file && strcmp(file, "README.md") != 0)
        return false;
    n = snprintf(place, size, "%s/%s", chapter, rest);
    return (size_t)n < size;
}

/* mkdir -p for all directories of a path that ends with a file's name. */
static int make_directories(char *path)
{
    for (char *slash = strchr(path + 1, '/'); slash;
         slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        int rc = mkdir(path, 0777);
        *slash = '/';
        if (rc != 0 && errno != EEXIST)
            return -errno;
    }
    return 0;
}

/* What cannot be read is not the same either. */
static bool holds_the_same(const char *path, const struct embedded *file)
{
    struct stat st;
    int fd = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC);
    bool same = fd >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode) &&
                (size_t)st.st_size == file->len;
    char chunk[4096];
    for (size_t at = 0; same && at < file->len;) {
        ssize_t n = read(fd, chunk, sizeof chunk);
        same = n > 0 && (size_t)n <= file->len - at &&
               memcmp(chunk, file->bytes + at, (size_t)n) == 0;
        at += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0)
        close(fd);
    return same;
}

struct tally {
    int added, kept, same;
};

static int add_file(const char *dir, const struct embedded *file,
                    struct tally *tally)
{
    char place[PATH_MAX], path[PATH_MAX + PATH_MAX];
    if (!place_of(file->path, place, sizeof place))
        return STATUS_OK;
    snprintf(path, sizeof path, "%s/%s", dir, place);
    struct stat st;
    if (lstat(path, &st) == 0) {
        bool same = holds_the_same(path, file);
        tally->same += same;
        tally->kept += !same;
        if (!same)
            printf("kept %s: yours is not the one that proclab would write\n",
                   path);
        return STATUS_OK;
    }
    int rc = make_directories(path);
    if (rc == 0)
        rc = output_write(path, file->bytes, file->len);
    if (rc != 0) {
        warnx("cannot make '%s': %s", path, strerror(-rc));
        return STATUS_FAILED;
    }
    tally->added++;
    return STATUS_OK;
}

/* Whether a student who types `proclab` gets this program. */
static bool is_in_path(void)
{
    char own[PATH_MAX], other[PATH_MAX], candidate[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
    const char *path = getenv("PATH");
    if (len < 0)
        return true;
    own[len] = '\0';
    for (; path && *path; path += strspn(path, ":")) {
        int n = (int)strcspn(path, ":");
        snprintf(candidate, sizeof candidate, "%.*s/proclab", n, path);
        path += n;
        if (access(candidate, X_OK) == 0 && realpath(candidate, other))
            return strcmp(own, other) == 0;
    }
    return false;
}

static void say_what_next(const char *dir)
{
    char own[PATH_MAX];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);
    printf("\nNow: cd %s, read README.md, and type 'make help'.\n", dir);
    if (is_in_path() || len < 0)
        return;
    own[len] = '\0';
    *strrchr(own, '/') = '\0';
    printf("As proclab is not in your PATH, type this first (or put it into "
           "~/.profile):\n    export PATH=\"%s:$PATH\"\n",
           own);
}

static void say_what_was_done(const char *dir, const struct tally *tally)
{
    if (tally->added == 0)
        printf("Nothing to add: '%s' has all files.\n", dir);
    else
        printf("%d file%s added to '%s'.\n", tally->added,
               tally->added == 1 ? "" : "s", dir);
    if (tally->kept > 0)
        puts("Nothing of yours was changed. To get a file as it was in the "
             "beginning, rename yours and do this again.");
}

int command_new(int argc, char **argv)
{
    const char *dir = NULL;
    argp_parse(&argp, argc, argv, 0, NULL, &dir);
    struct stat st;
    if (stat(dir, &st) == 0 && !S_ISDIR(st.st_mode)) {
        warnx("'%s' is a file; give a directory, new or old", dir);
        return STATUS_USAGE;
    }
    size_t n;
    const struct embedded *files = embedded_files(&n);
    struct tally tally = {0};
    for (size_t i = 0; i < n; i++) {
        int status = add_file(dir, &files[i], &tally);
        if (status != STATUS_OK)
            return status;
    }
    say_what_was_done(dir, &tally);
    if (tally.kept + tally.same == 0)
        say_what_next(dir);
    return STATUS_OK;
}
