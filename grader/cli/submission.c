#include "cli/submission.h"

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"
#include "course/cleanup.h"
#include "course/intake.h"

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

/* An id is "CHAPTER/NAME". */
static const char *name_of(const struct exercise *exercise)
{
    return strrchr(exercise->id, '/') + 1;
}

static bool in_chapter(const struct exercise *exercise, const char *chapter)
{
    size_t len = (size_t)(name_of(exercise) - 1 - exercise->id);
    return strlen(chapter) == len && strncmp(exercise->id, chapter, len) == 0;
}

/* Whether the directory holds the file; any kind of file: that it is a link
 * or a directory is for the grader to say. */
static bool holds(const char *dir, const char *file)
{
    char path[PATH_MAX];
    struct stat st;
    int n = snprintf(path, sizeof path, "%s/%s.c", dir, file);
    return n > 0 && (size_t)n < sizeof path && lstat(path, &st) == 0;
}

static bool is_submission(const char *dir)
{
    autoclose int fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC);
    return fd >= 0 && faccessat(fd, ".", X_OK, AT_EACCESS) == 0 &&
           intake_is_submission(fd);
}

/* Students stand in a chapter's directory as often as in the tree: the chapter
 * of which `dir` is the directory, as its absolute path, or NULL. */
static char *chapter_directory(const char *dir)
{
    char *path = realpath(dir, NULL);
    char *slash = path ? strrchr(path, '/') : NULL;
    size_t n;
    const struct exercise *const *all = catalog(&n);
    for (size_t i = 0; slash && slash > path && i < n; i++)
        if (in_chapter(all[i], slash + 1) && holds(dir, name_of(all[i])))
            return path;
    free(path);
    return NULL;
}

static int compare(const void *a, const void *b)
{
    const struct exercise *const *x = a, *const *y = b;
    return catalog_order(*x, *y);
}

static void sort_and_unique(struct submission *s)
{
    qsort(s->exercises, s->n, sizeof s->exercises[0], compare);
    size_t kept = 0;
    for (size_t i = 0; i < s->n; i++)
        if (kept == 0 || s->exercises[kept - 1] != s->exercises[i])
            s->exercises[kept++] = s->exercises[i];
    s->n = kept;
}

/* There is room for the whole catalog for each word. */
static size_t add_word(struct submission *s, const char *word)
{
    size_t n, before = s->n;
    const struct exercise *const *all = catalog(&n);
    const struct exercise *one = catalog_find(word);
    if (one) {
        s->exercises[s->n++] = one;
        return 1;
    }
    size_t len = strcspn(word, "/");
    if (word[len] == '/' && word[len + 1] != '\0')
        return 0;
    char chapter[NAME_MAX + 1];
    if (len >= sizeof chapter)
        return 0;
    memcpy(chapter, word, len);
    chapter[len] = '\0';
    for (size_t i = 0; i < n; i++)
        if (in_chapter(all[i], chapter))
            s->exercises[s->n++] = all[i];
    return s->n - before;
}

static int unknown_word(const char *word, bool first)
{
    const struct exercise *near = catalog_nearest(word);
    const char *what = first ? "a directory nor an exercise" : "an exercise";
    if (near)
        warnx("'%s' is not %s; did you mean '%s'?", word, what, near->id);
    else if (first && strchr(word, '/'))
        warnx("there is no directory '%s'", word);
    else
        warnx("'%s' is not %s; 'proclab list' lists the exercises", word, what);
    return STATUS_USAGE;
}

static int nothing_there(const char *dir)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    warnx("no exercise lies in '%s': give the directory that holds '%s.c' and "
          "the like; 'proclab new DIR' makes one",
          dir, n > 0 ? all[0]->id : "CHAPTER/EXERCISE");
    return STATUS_USAGE;
}

static int choose_directory(char *const *words, size_t n, struct submission *s,
                            size_t *used)
{
    bool given = n > 0 && is_directory(words[0]);
    const char *dir = given ? words[0] : ".";
    *used = given;
    if (!given && n > 0 && add_word(s, words[0]) == 0)
        return unknown_word(words[0], true);
    s->n = 0;

    char *chapter = chapter_directory(dir);
    if (chapter && !is_submission(dir)) {
        char *slash = strrchr(chapter, '/');
        if (n == *used)
            add_word(s, slash + 1);
        *slash = '\0';
        s->dir = chapter;
        return STATUS_OK;
    }
    free(chapter);
    s->dir = strdup(dir);
    return s->dir ? STATUS_OK : STATUS_FAILED;
}

static int choose_exercises(char *const *words, size_t n, struct submission *s)
{
    size_t total;
    const struct exercise *const *all = catalog(&total);
    for (size_t i = 0; i < n; i++)
        if (add_word(s, words[i]) == 0)
            return unknown_word(words[i], false);
    if (s->n == 0) {
        memcpy(s->exercises, all, total * sizeof all[0]);
        s->n = total;
        if (!is_submission(s->dir))
            return nothing_there(s->dir);
    }
    sort_and_unique(s);
    return STATUS_OK;
}

int submission_choose(char *const *words, size_t n, struct submission *out)
{
    size_t total, used = 0;
    catalog(&total);
    struct submission s = {
        .exercises = calloc((n + 1) * total, sizeof s.exercises[0]),
    };
    int status = STATUS_FAILED;
    if (s.exercises)
        status = choose_directory(words, n, &s, &used);
    if (status == STATUS_OK)
        status = choose_exercises(words + used, n - used, &s);
    if (status == STATUS_FAILED)
        warn(NULL);
    if (status == STATUS_OK)
        *out = s;
    else
        submission_free(&s);
    return status;
}

void submission_narrow(struct submission *submission,
                       const struct exercise *exercise)
{
    submission->exercises[0] = exercise;
    submission->n = 1;
}

void submission_free(struct submission *submission)
{
    free(submission->dir);
    free(submission->exercises);
}
