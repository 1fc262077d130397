#include "classroom/sheet.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "classroom/filename.h"
#include "course/cleanup.h"
#include "result/result.h"
#include "trace/text.h"

static bool looks_like_a_formula(const char *text)
{
    uint32_t code = 0;
    if ((unsigned char)text[0] < ' ' || strchr("=+-@'", text[0]))
        return text[0] != '\0';
    text_decode(text, strlen(text), &code);
    return code == 0xff1d || code == 0xff0b || code == 0xff0d || code == 0xff20;
}

static void put_quoted(FILE *out, const char *text, bool guarded)
{
    fputs(guarded ? "\"'" : "\"", out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

void sheet_cell(FILE *out, const char *text)
{
    autofree char *clean = result_utf8(text, strlen(text), 64 * 1024);
    const char *cell = clean ? clean : "?";
    bool guarded = looks_like_a_formula(cell);
    if (cell[strcspn(cell, ",;\t\"\r\n")] != '\0')
        put_quoted(out, cell, guarded);
    else
        fprintf(out, "%s%s", guarded ? "'" : "", cell);
}

static void put_points(FILE *out, bool known, int points)
{
    fputc(',', out);
    if (known)
        fprintf(out, "%d", points);
}

static int put_result(FILE *out, const char *name, const struct mark *mark)
{
    fputc(',', out);
    if (!mark->has_result)
        return 0;
    autofree char *file = filename_of(name);
    autofree char *path = NULL;
    if (!file || asprintf(&path, "%s.json", file) < 0)
        return -ENOMEM;
    sheet_cell(out, path);
    return 0;
}

static int put_row(FILE *out, const char *name, const struct mark *mark,
                   size_t n)
{
    bool graded = mark->status == MARK_GRADED;
    sheet_cell(out, name);
    put_points(out, graded, mark->points);
    put_points(out, mark->has_result, mark->max_points);
    fprintf(out, ",%s,%s,", graded ? "true" : "false", mark_word(mark->status));
    sheet_cell(out, mark->reason ? mark->reason : "");
    int rc = put_result(out, name, mark);
    for (size_t i = 0; i < n; i++)
        put_points(out, mark->has_result && mark->exercises[i] >= 0,
                   mark->has_result ? mark->exercises[i] : 0);
    fputs("\r\n", out);
    return rc;
}

int sheet_write(FILE *out, const struct roll *roll, const struct mark *marks,
                const struct exercise *const *exercises, size_t n)
{
    int rc = 0;
    fputs("submission,points,max_points,complete,status,reason,result", out);
    for (size_t i = 0; i < n; i++) {
        fputc(',', out);
        sheet_cell(out, exercises[i]->id);
    }
    fputs("\r\n", out);
    for (size_t i = 0; i < roll->n && rc == 0; i++)
        if (roll->entries[i].kind != ROLL_STRAY)
            rc = put_row(out, roll->entries[i].name, &marks[i], n);
    return rc < 0 ? rc : fflush(out) == 0 && !ferror(out) ? 0 : -EIO;
}
