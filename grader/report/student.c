#include "report/student.h"

#include <cyaml/cyaml.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/clean.h"

enum { VALUE_MOST = 200 };

#define FIELD(name)                                                       \
    CYAML_FIELD_STRING_PTR(#name, CYAML_FLAG_POINTER | CYAML_FLAG_OPTIONAL, \
                           struct student, name, 0, VALUE_MOST)

static const cyaml_schema_field_t fields[] = {
    FIELD(name), FIELD(id), FIELD(course), FIELD(group), FIELD(date),
    CYAML_FIELD_END,
};
#define KEYS "name, id, course, group, date"

static const cyaml_schema_value_t schema = {
    CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct student, fields),
};

/* What libcyaml says: the first line is what is wrong, a later one where. */
struct remarks {
    char what[256], where[256];
};

static void take_remark(cyaml_log_t level, void *context, const char *format,
                        va_list args)
{
    struct remarks *remarks = context;
    char line[256];
    (void)level;
    vsnprintf(line, sizeof line, format, args);
    line[strcspn(line, "\n")] = '\0';
    const char *said = strncmp(line, "Load: ", 6) == 0 ? line + 6 : line;
    const char *place = strstr(said, "(line: ");
    if (place && !*remarks->where)
        strcpy(remarks->where, place);
    else if (!*remarks->what && strcmp(said, "Backtrace:") != 0)
        strcpy(remarks->what, said);
}

/* libcyaml knows where the key before an unknown one was; the line of this one
 * is that which begins with it. */
static void place_of_key(const char *text, const char *key, int *line)
{
    size_t len = strlen(key);
    *line = 1;
    for (; text; (*line)++) {
        const char *at = text + strspn(text, " \"'");
        if (strncmp(at, key, len) == 0 && strchr(": \"'\n", at[len]))
            return;
        text = strchr(text, '\n');
        text += text ? 1 : 0;
    }
    *line = 0;
}

static char *explain(const char *text, cyaml_err_t error,
                     const struct remarks *remarks)
{
    static const char unknown[] = "Unexpected key: ";
    char *why = NULL;
    int line = 0, column = 1, n = -1;
    const char *what = *remarks->what ? remarks->what : cyaml_strerror(error);
    sscanf(remarks->where, "(line: %d, column: %d", &line, &column);
    if (strncmp(what, unknown, sizeof unknown - 1) == 0) {
        const char *key = what + sizeof unknown - 1;
        place_of_key(text, key, &line);
        n = asprintf(&why,
                     "line %d, column 1: there is no '%s' here; what there is: "
                     KEYS,
                     line, key);
    } else if (line > 0)
        n = asprintf(&why, "line %d, column %d: %s", line, column, what);
    else
        n = asprintf(&why, "%s", what);
    return n < 0 ? NULL : why;
}

/* Of what could not be read nothing is left over. */
static int load(const char *text, struct student **loaded,
                struct remarks *remarks, cyaml_err_t *error)
{
    const cyaml_config_t config = {
        .log_fn = take_remark,
        .log_ctx = remarks,
        .log_level = CYAML_LOG_ERROR,
        .mem_fn = cyaml_mem,
        .flags = CYAML_CFG_NO_ALIAS,
    };
    *error = cyaml_load_data((const uint8_t *)text, strlen(text), &config,
                             &schema, (cyaml_data_t **)loaded, NULL);
    return *error == CYAML_OK          ? 0
           : *error == CYAML_ERR_OOM ? -ENOMEM
                                     : -EINVAL;
}

int student_parse(const char *text, size_t len, struct student *out, char **why)
{
    struct remarks remarks = {.what = ""};
    struct student *loaded = NULL;
    cyaml_err_t error;
    *why = NULL;
    char *clean = clean_text(text, len, &(struct clean_style){.lines = true});
    if (!clean)
        return -ENOMEM;
    int rc = load(clean, &loaded, &remarks, &error);
    if (rc == -EINVAL)
        *why = explain(clean, error, &remarks);
    if (rc == 0)
        *out = loaded ? *loaded : (struct student){.name = NULL};
    free(loaded);
    free(clean);
    return rc;
}

void student_free(struct student *student)
{
    free(student->name);
    free(student->id);
    free(student->course);
    free(student->group);
    free(student->date);
    *student = (struct student){.name = NULL};
}
