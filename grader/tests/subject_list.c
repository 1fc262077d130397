#include "tests/subject_list.h"

#include <dirent.h>
#include <errno.h>
#include <fnmatch.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char sources[] = "grader/tests/programs";

char *subject_program(const char *name)
{
    const char *dir = getenv("PROCLAB_SUBJECTS");
    char *path, *whole;
    if (asprintf(&path, "%s/%s", dir ? dir : "build/subjects", name) == -1)
        return NULL;
    whole = realpath(path, NULL);
    free(path);
    return whole;
}

/* The rest of a line that begins with "// WORD: ", or NULL. */
static const char *after(const char *line, const char *word)
{
    size_t n = strlen(word);
    if (strncmp(line, "// ", 3) != 0 || strncmp(line + 3, word, n) != 0)
        return NULL;
    return strncmp(line + 3 + n, ": ", 2) == 0 ? line + n + 5 : NULL;
}

static void read_comment(struct subject *s, const char *line)
{
    const char *text;
    if (after(line, "observed only"))
        s->observed_only = true;
    else if ((text = after(line, "expect")))
        ending_add(&s->expected, 1, text, strlen(text));
    else if ((text = after(line, "exit")))
        s->expected.code = atoi(text);
    else if ((text = after(line, "signal")))
        s->expected.signal = atoi(text);
}

static int read_source(struct subject *s)
{
    char path[512], line[256];
    snprintf(path, sizeof path, "%s/%s.c", sources, s->name);
    FILE *f = fopen(path, "r");
    if (!f)
        return -errno;
    while (fgets(line, sizeof line, f) && strncmp(line, "//", 2) == 0)
        read_comment(s, line);
    fclose(f);
    return 0;
}

static int is_subject(const struct dirent *entry)
{
    const char *part = getenv("PROCLAB_SUBJECT");
    return fnmatch("*.c", entry->d_name, 0) == 0 &&
           fnmatch("runaway_*", entry->d_name, 0) != 0 &&
           (!part || strstr(entry->d_name, part));
}

static int add(struct subject_list *list, const char *file)
{
    struct subject *s = &list->subject[list->n];
    *s = (struct subject){.name = strndup(file, strlen(file) - 2)};
    s->program = subject_program(s->name);
    list->n++;
    return s->program ? read_source(s) : -ENOENT;
}

int subject_list_read(struct subject_list *out)
{
    struct dirent **entry;
    struct subject_list list = {0};
    int n = scandir(sources, &entry, is_subject, alphasort), r = 0;
    if (n < 0)
        return -errno;
    list.subject = calloc((size_t)n + 1, sizeof *list.subject);
    for (int i = 0; i < n; i++) {
        if (r == 0)
            r = add(&list, entry[i]->d_name);
        free(entry[i]);
    }
    free(entry);
    if (r == 0)
        *out = list;
    else
        subject_list_free(&list);
    return r;
}

void subject_list_free(struct subject_list *list)
{
    for (size_t i = 0; i < list->n; i++) {
        free(list->subject[i].name);
        free(list->subject[i].program);
        free(list->subject[i].script);
        ending_free(&list->subject[i].expected);
    }
    free(list->subject);
    *list = (struct subject_list){0};
}

void ending_add(struct ending *ending, int stream, const char *bytes,
                size_t len)
{
    char **text = &ending->stream[stream];
    size_t *used = &ending->len[stream];
    char *more = realloc(*text, *used + len + 1);
    if (!more)
        abort();
    memcpy(more + *used, bytes, len);
    *used += len;
    more[*used] = '\0';
    *text = more;
}

void ending_free(struct ending *ending)
{
    free(ending->stream[1]);
    free(ending->stream[2]);
    *ending = (struct ending){0};
}

static bool same_stream(const struct ending *a, const struct ending *b, int i)
{
    return a->len[i] == b->len[i] &&
           (a->len[i] == 0 ||
            memcmp(a->stream[i], b->stream[i], a->len[i]) == 0);
}

static const char *words(const struct ending *e, int stream)
{
    return e->stream[stream] ? e->stream[stream] : "";
}

char *ending_difference(const struct ending *wanted, const struct ending *got)
{
    char *text = NULL;
    int n = 0;
    for (int i = 1; i <= 2 && !n; i++)
        if (!same_stream(wanted, got, i))
            n = asprintf(&text, "%s\n--- wanted:\n%.1500s\n--- got:\n%.1500s\n",
                         i == 1 ? "stdout" : "stderr", words(wanted, i),
                         words(got, i));
    if (!n && (wanted->code != got->code || wanted->signal != got->signal))
        n = asprintf(&text, "end: wanted exit %d signal %d, got %d signal %d",
                     wanted->code, wanted->signal, got->code, got->signal);
    if (n < 0)
        abort();
    return text;
}
