#include "course/diagnostics.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/cleanup.h"

enum { REMARKS_AT_MOST = 20, MESSAGE_AT_MOST = 500 };

struct reading {
    struct exercise_result *result;
    const char *exercise; /* "03-killing/cancel_download" */
    const char *name;     /* "cancel_download" */
};

/* Whether a file of the compiler's is the student's source. */
static bool is_own(const struct reading *r, const char *file, size_t len)
{
    size_t name = strlen(r->name);
    if (len > 2 && memcmp(file, "./", 2) == 0) {
        file += 2;
        len -= 2;
    }
    return len == name + 2 && memcmp(file, r->name, name) == 0 &&
           memcmp(file + name, ".c", 2) == 0;
}

static bool known(const struct reading *r, const struct diagnostic *d)
{
    for (size_t i = 0; i < r->result->n_diagnostics; i++) {
        const struct diagnostic *other = &r->result->diagnostics[i];
        if (other->line == d->line && other->column == d->column &&
            strcmp(other->message, d->message) == 0)
            return true;
    }
    return false;
}

/* Takes over what the diagnostic owns, or frees it. */
static int add(struct reading *r, struct diagnostic *d)
{
    struct exercise_result *result = r->result;
    bool whole = d->file && d->severity && d->message;
    bool wanted =
        whole && result->n_diagnostics < REMARKS_AT_MOST && !known(r, d);
    struct diagnostic *more =
        wanted ? reallocarray(result->diagnostics, result->n_diagnostics + 1,
                              sizeof *more)
               : NULL;
    if (more) {
        result->diagnostics = more;
        more[result->n_diagnostics++] = *d;
        return 0;
    }
    free(d->file);
    free(d->severity);
    free(d->message);
    return whole && !wanted ? 0 : -ENOMEM;
}

static char *own_path(const struct reading *r)
{
    char *path = NULL;
    if (asprintf(&path, "%s.c", r->exercise) < 0)
        return NULL;
    return path;
}

static int number_of(const json_t *caret, const char *key)
{
    json_int_t n = json_integer_value(json_object_get(caret, key));
    return n > 0 && n < 10000000 ? (int)n : 0;
}

static int add_remark(struct reading *r, const json_t *remark)
{
    const char *kind = json_string_value(json_object_get(remark, "kind"));
    const char *text = json_string_value(json_object_get(remark, "message"));
    const json_t *first =
        json_array_get(json_object_get(remark, "locations"), 0);
    const json_t *caret = json_object_get(first, "caret");
    const char *file = json_string_value(json_object_get(caret, "file"));
    bool own = !file || is_own(r, file, strlen(file));
    if (!kind || !text)
        return 0;
    if (!own)
        text = "a file that it includes does not compile here";
    struct diagnostic d = {
        .file = own_path(r),
        .severity = strdup(strstr(kind, "error") ? "error" : kind),
        .message = result_utf8(text, strlen(text), MESSAGE_AT_MOST),
        .line = own ? number_of(caret, "line") : 0,
        .column = own ? number_of(caret, "display-column") : 0,
    };
    return add(r, &d);
}

static int add_remarks(struct reading *r, const json_t *remarks)
{
    size_t i, j;
    const json_t *remark, *child;
    json_array_foreach((json_t *)remarks, i, remark)
    {
        int rc = add_remark(r, remark);
        json_t *children = json_object_get(remark, "children");
        json_array_foreach(children, j, child) rc =
            rc < 0 ? rc : add_remark(r, child);
        if (rc < 0)
            return rc;
    }
    return 0;
}

/* The name between the quotes of "undefined reference to `f'". */
static bool quoted(const char *line, size_t len, const char *words, char *name,
                   size_t size)
{
    const char *at = memmem(line, len, words, strlen(words));
    if (!at)
        return false;
    at += strlen(words);
    size_t n = 0;
    while (at + n < line + len &&
           (isalnum((unsigned char)at[n]) || at[n] == '_'))
        n++;
    if (n == 0 || n >= size)
        return false;
    memcpy(name, at, n);
    name[n] = '\0';
    return true;
}

/* The number behind "cancel_download.c:". */
static int line_number(const struct reading *r, const char *line, size_t len)
{
    size_t name = strlen(r->name);
    const char *at = memmem(line, len, r->name, name);
    if (!at || (size_t)(line + len - at) < name + 4 ||
        memcmp(at + name, ".c:", 3) != 0)
        return 0;
    int n = atoi(at + name + 3);
    return n > 0 ? n : 0;
}

static int add_link_error(struct reading *r, int line, const char *what,
                          const char *name)
{
    struct diagnostic d = {.file = own_path(r), .line = line};
    d.severity = strdup("error");
    if (asprintf(&d.message, "%s '%s'", what, name) < 0)
        d.message = NULL;
    return add(r, &d);
}

static int read_link_line(struct reading *r, const char *line, size_t len,
                          struct link_problem *link)
{
    char name[sizeof link->missing];
    int at = line_number(r, line, len);
    if (quoted(line, len, "undefined reference to `", name, sizeof name)) {
        if (strcmp(name, "main") == 0) {
            link->no_main = true;
            return 0;
        }
        if (!link->missing[0])
            strcpy(link->missing, name);
        return add_link_error(r, at, "undefined reference to", name);
    }
    if (quoted(line, len, "multiple definition of `", name, sizeof name)) {
        if (!link->twice[0])
            strcpy(link->twice, name);
        return add_link_error(r, at, "multiple definition of", name);
    }
    return 0;
}

static int read_linker(struct reading *r, const char *text,
                       struct link_problem *link)
{
    int rc = 0;
    while (*text && rc == 0) {
        size_t len = strcspn(text, "\n");
        rc = read_link_line(r, text, len, link);
        text += len + (text[len] == '\n');
    }
    return rc;
}

int diagnostics_read(const char *output, size_t len, const char *exercise,
                     struct exercise_result *result, struct link_problem *link)
{
    const char *slash = strrchr(exercise, '/');
    struct reading r = {result, exercise, slash ? slash + 1 : exercise};
    *link = (struct link_problem){.no_main = false};
    autofree char *text = result_utf8(output, len, 4 * len + 1);
    if (!text)
        return -ENOMEM;
    const char *rest = text;
    int rc = 0;
    json_error_t error;
    json_t *remarks = json_loads(text, JSON_DISABLE_EOF_CHECK, &error);
    if (remarks) {
        rc = add_remarks(&r, remarks);
        rest = text + error.position;
        json_decref(remarks);
    }
    return rc < 0 ? rc : read_linker(&r, rest, link);
}
