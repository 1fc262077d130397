/* proclab run: observes any program.  Its output comes as it is written, the
 * timeline at the end, on stderr, so that pipes work as without us. */

#include <err.h>
#include <errno.h>
#include <inttypes.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/again.h"
#include "cli/cli.h"
#include "cli/explain.h"
#include "cli/output.h"
#include "cli/run_options.h"
#include "cli/stdin_script.h"
#include "cli/terminal.h"
#include "cli/trace_file.h"
#include "observer/observe.h"
#include "trace/facts_table.h"
#include "trace/json.h"
#include "trace/query.h"
#include "trace/timeline.h"

/* As timeout(1) and the shells have it. */
enum {
    STATUS_ENDED = 124,
    STATUS_OBSERVER_FAILED = 125,
    STATUS_NOT_EXECUTABLE = 126,
    STATUS_NOT_FOUND = 127,
    STATUS_SIGNAL_BASE = 128,
};

static int status_of_failure(int rc)
{
    switch (rc) {
    case -ENOENT:
        return STATUS_NOT_FOUND;
    case -EACCES:
    case -ENOEXEC:
        return STATUS_NOT_EXECUTABLE;
    default:
        return STATUS_OBSERVER_FAILED;
    }
}

static int status_of_trace(const struct trace *trace)
{
    if (trace->outcome != TRACE_ENDED && trace->outcome != TRACE_LEFT_WAITING)
        return STATUS_ENDED;
    struct trace_end end = trace_end_of(trace, 0);
    if (!end.ended)
        return STATUS_OBSERVER_FAILED;
    return end.signal ? STATUS_SIGNAL_BASE + end.signal : end.code;
}

static int show_timeline(const struct trace *trace)
{
    struct terminal terminal = terminal_of(STDERR_FILENO);
    struct timeline_style style = {
        .width = terminal.width,
        .colour = terminal.colour,
        .unicode = terminal.unicode,
        .lanes = terminal.is_terminal ? 40 : 0,
    };
    char *text = timeline_draw(trace, &style);
    if (!text) {
        warn("cannot draw the timeline");
        return STATUS_FAILED;
    }
    fputs(text, stderr);
    free(text);
    return STATUS_OK;
}

static int show_facts(const struct trace *trace)
{
    struct terminal terminal = terminal_of(STDERR_FILENO);
    char *text = facts_table_draw(trace, terminal.unicode);
    if (!text) {
        warn("cannot list the processes");
        return STATUS_FAILED;
    }
    fputs(text, stderr);
    free(text);
    return STATUS_OK;
}

static int write_json(const struct trace *trace, const char *path)
{
    json_t *json = trace_to_json(trace);
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    json_decref(json);
    size_t len = text ? strlen(text) : 0;
    char *line = text ? realloc(text, len + 2) : NULL;
    if (!line) {
        free(text);
        warnx("cannot write the trace: %s", strerror(ENOMEM));
        return STATUS_FAILED;
    }
    line[len] = '\n';
    int status = output_deliver(path, line, len + 1);
    free(line);
    return status;
}

/* What was asked for comes out, whatever became of the program. */
static int report(const struct run_options *options, const struct trace *trace)
{
    int status = status_of_trace(trace);
    if (options->quiet && status == STATUS_ENDED &&
        trace->outcome != TRACE_ENDED)
        warnx("ended: %s", trace_outcome_name(trace->outcome));
    int failed = STATUS_OK;
    if (options->story)
        failed = explain_trace(trace, options->program[0]);
    else if (!options->quiet)
        failed = show_timeline(trace);
    if (!options->story && !options->quiet && trace->outcome != TRACE_ENDED)
        explain_living(trace, options->program[0]);
    if (show_facts(trace) != STATUS_OK)
        failed = STATUS_FAILED;
    if (options->json && write_json(trace, options->json) != STATUS_OK)
        failed = STATUS_FAILED;
    if (pictures_write(&options->pictures, trace, 0) != STATUS_OK)
        failed = STATUS_FAILED;
    return failed == STATUS_OK ? status : STATUS_OBSERVER_FAILED;
}

static int observe_program(const struct run_options *options,
                           const struct observe_step *steps, size_t n_steps)
{
    struct observe_request request = {
        .argv = (const char *const *)options->program,
        .world = OBSERVE_RUN,
        .clock = options->clock,
        .schedule = options->schedule,
        .seed = options->seed,
        .steps = steps,
        .n_steps = n_steps,
        .faults = options->injected.faults,
        .n_faults = options->injected.n,
        .look_at_exec = options->looks.at_exec,
        .look_at_exit = options->looks.at_exit,
        .no_places = options->no_lines,
        .limits = options->limits,
        .echo = !options->story &&
                !pictures_to_stdout(&options->pictures) &&
                !(options->json && strcmp(options->json, "-") == 0),
    };
    struct trace *trace = NULL;
    const char *why = NULL;
    int rc = observe(&request, &trace, &why);
    if (rc != 0) {
        warnx("%s: %s", options->program[0], why ? why : strerror(-rc));
        return status_of_failure(rc);
    }
    int status = report(options, trace);
    trace_free(trace);
    return status;
}

static bool has_faults(const struct trace *trace)
{
    for (size_t i = 0; i < trace->n_events; i++)
        if (trace->events[i].kind == TRACE_FAULT)
            return true;
    return false;
}

/* The decisions come from the file; program, input and faults are given again,
 * and that the last were forgotten is seen at once.
 * @param[out] forced to be freed */
static int read_replay(const struct run_options *options,
                       struct schedule_forced **forced, size_t *n)
{
    struct trace *trace;
    const char *path = options->replay;
    int status = trace_file_read(path, &trace);
    if (status != STATUS_OK)
        return status;
    if (has_faults(trace) && options->injected.n == 0) {
        warnx("%s: faults were injected there: give --inject again", path);
        trace_free(trace);
        return STATUS_USAGE;
    }
    int rc = schedule_of_trace(trace, forced, n);
    if (rc != 0)
        warnx("%s: %s", path, strerror(-rc));
    trace_free(trace);
    return rc == 0 ? STATUS_OK : STATUS_OBSERVER_FAILED;
}

static int read_stdin_script(const char *path, struct stdin_script *out)
{
    char *why = NULL;
    int rc = stdin_script_read(path, out, &why);
    if (rc != 0)
        warnx("%s: %s", path, why ? why : strerror(-rc));
    free(why);
    return rc == 0 ? STATUS_OK : STATUS_USAGE;
}

static int observe_with_looks(const struct run_options *options,
                              const struct stdin_script *script)
{
    struct observe_step *steps;
    if (looks_merge(&options->looks, script->steps, script->n, &steps) < 0) {
        warn("cannot begin");
        return STATUS_OBSERVER_FAILED;
    }
    int status =
        observe_program(options, steps, script->n + options->looks.n);
    free(steps);
    return status;
}

static bool is_directory(const char *path)
{
    struct stat st;
    return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

static char *new_option(const char *name, const char *value)
{
    char *option;
    if (asprintf(&option, "--%s=%s", name, value) < 0)
        err(STATUS_OBSERVER_FAILED, "cannot begin");
    return option;
}

/* A result and a submission: what failed there is shown again as grade does
 * it. */
static int replay_submission(const struct run_options *options)
{
    char *id, *option[1 + PICTURES] = {NULL};
    int status = again_first_failure(options->replay, &id);
    if (status != STATUS_OK)
        return status;
    char format[] = "--format=json", output[] = "-o", check[] = "--check";
    char name[] = "grade";
    char *argv[9 + PICTURES] = {name, options->program[0], check, id};
    int argc = 4;
    argv[argc++] = option[0] = new_option("replay", options->replay);
    for (int i = 0; i < PICTURES; i++)
        if (options->pictures.path[i])
            argv[argc++] = option[1 + i] =
                new_option(picture_options[i], options->pictures.path[i]);
    if (options->json) {
        argv[argc++] = format;
        argv[argc++] = output;
        argv[argc++] = (char *)options->json;
    }
    status = command_grade(argc, argv);
    for (int i = 0; i <= PICTURES; i++)
        free(option[i]);
    free(id);
    return status;
}

int run_and_report(struct run_options *options)
{
    if (options->replay && is_directory(options->program[0]))
        return replay_submission(options);
    struct stdin_script script = {0};
    struct schedule_forced *forced = NULL;
    int status = STATUS_OK;
    if (options->stdin_script)
        status = read_stdin_script(options->stdin_script, &script);
    if (status == STATUS_OK && options->replay)
        status = read_replay(options, &forced, &options->schedule.n_forced);
    options->schedule.forced = forced;
    if (status == STATUS_OK)
        status = observe_with_looks(options, &script);
    stdin_script_free(&script);
    free(forced);
    return status;
}

int command_run(int argc, char **argv)
{
    struct run_options options;
    run_options_parse(argc, argv, false, &options);
    return run_and_report(&options);
}
