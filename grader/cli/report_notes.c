#include "cli/report_notes.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "cli/cli.h"
#include "report/folder.h"
#include "report/tool.h"

static int read_student(const char *dir, struct student *student)
{
    char *text = NULL, *why = NULL;
    size_t len = 0;
    int rc = folder_text(dir, "student.yaml", &text, &len);
    if (rc == -ENOENT) {
        *student = (struct student){.name = NULL};
        return STATUS_OK;
    }
    if (rc < 0) {
        warnx("notes/student.yaml %s", folder_words(rc));
        return STATUS_USAGE;
    }
    rc = student_parse(text, len, student, &why);
    free(text);
    if (rc == 0)
        return STATUS_OK;
    warnx("notes/student.yaml: %s", why ? why : strerror(-rc));
    free(why);
    return rc == -EINVAL ? STATUS_USAGE : STATUS_FAILED;
}

static void read_speedup(const char *dir, struct notes *notes)
{
    char *text = NULL;
    size_t len = 0;
    json_error_t error;
    const char *why = NULL;
    int rc = folder_text(dir, "speedup.json", &text, &len);
    json_t *json = rc == 0 ? json_loadb(text, len, 0, &error) : NULL;
    if (rc < 0)
        snprintf(notes->speedup_problem, sizeof notes->speedup_problem, "%s",
                 folder_words(rc));
    else if (!json)
        snprintf(notes->speedup_problem, sizeof notes->speedup_problem,
                 "is no JSON (line %d)", error.line);
    else if (speedup_from_json(json, &notes->speedup, &why) < 0)
        snprintf(notes->speedup_problem, sizeof notes->speedup_problem,
                 "cannot be used: %s", why);
    else
        notes->measured = true;
    json_decref(json);
    free(text);
}

static void ask_compiler(struct notes *notes)
{
    static const char *const argv[] = {"gcc", "-dumpfullversion", NULL};
    const struct tool_request request = {
        .argv = argv,
        .dir = "/",
        .seconds = 10,
    };
    char *said = NULL;
    if (tool_run(&request, &said) == 0)
        snprintf(notes->compiler, sizeof notes->compiler, "gcc %.*s",
                 (int)strcspn(said, "\n"), said);
    free(said);
}

/* See https://reproducible-builds.org/specs/source-date-epoch/ */
static void read_epoch(struct notes *notes)
{
    const char *text = getenv("SOURCE_DATE_EPOCH");
    char *end = NULL;
    errno = 0;
    time_t seconds = text ? strtol(text, &end, 10) : 0;
    struct tm day;
    if (text && *text && *end == '\0' && errno == 0 && gmtime_r(&seconds, &day))
        strftime(notes->today, sizeof notes->today, "%Y-%m-%d", &day);
}

int notes_read(const char *dir, struct notes *out)
{
    struct notes notes = {.measured = false};
    int status = read_student(dir, &notes.student);
    if (status != STATUS_OK)
        return status;
    read_speedup(dir, &notes);
    commit_of(dir, notes.commit);
    ask_compiler(&notes);
    read_epoch(&notes);
    *out = notes;
    return STATUS_OK;
}

void notes_free(struct notes *notes)
{
    student_free(&notes->student);
}

const char *notes_date(const struct notes *notes)
{
    const char *own = notes->student.date;
    return own && *own ? own : *notes->today ? notes->today : NULL;
}
