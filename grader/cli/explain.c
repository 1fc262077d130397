/* proclab explain: a run, event by event, in words. */

#include "cli/explain.h"

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/run_options.h"
#include "cli/terminal.h"
#include "cli/trace_file.h"
#include "course/story.h"

/* The file that execvp(3) would execute. @return to be freed, or NULL */
static char *find_program(const char *name)
{
    const char *path = getenv("PATH");
    char *file = NULL;
    if (!name || strchr(name, '/') || !path)
        return name ? strdup(name) : NULL;
    while (*path) {
        size_t len = strcspn(path, ":");
        if (asprintf(&file, "%.*s/%s", (int)len, path, name) == -1)
            return NULL;
        if (access(file, X_OK) == 0)
            return file;
        free(file);
        file = NULL;
        path += len + (path[len] == ':');
    }
    return NULL;
}

int explain_trace(const struct trace *trace, const char *program)
{
    struct page page = terminal_page();
    char *file = find_program(program);
    int rc = story_write(&page, trace, file, SOURCE_ANY);
    free(file);
    if (rc < 0)
        warnx("cannot tell what happened: %s", strerror(-rc));
    return rc == 0 ? output_flush() : STATUS_FAILED;
}

void explain_living(const struct trace *trace, const char *program)
{
    struct terminal terminal = terminal_of(STDERR_FILENO);
    struct page page = {
        .out = stderr,
        .width = terminal.width,
        .colour = terminal.colour,
        .unicode = terminal.unicode,
    };
    char *file = find_program(program);
    story_write_living(&page, trace, file, SOURCE_ANY);
    free(file);
}

static int explain_file(const struct run_options *options)
{
    const char *path = options->program[0], *program = options->program[1];
    struct trace *trace = NULL;
    int status = trace_file_read(path, &trace);
    if (status == STATUS_OK)
        status = explain_trace(trace, program);
    if (status == STATUS_OK)
        status = pictures_write(&options->pictures, trace, 0);
    trace_free(trace);
    return status;
}

int command_explain(int argc, char **argv)
{
    struct run_options options;
    run_options_parse(argc, argv, true, &options);
    if (options.told[0])
        return explain_file(&options);
    return run_and_report(&options);
}
