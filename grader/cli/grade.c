/* proclab grade: all checks of a submission, the result in one of four
 * forms. */

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/again.h"
#include "cli/cli.h"
#include "cli/grading.h"
#include "cli/output.h"
#include "cli/submission.h"
#include "cli/terminal.h"
#include "course/starter.h"
#include "result/format.h"

/* The first two can show a run; text speaks of the command line, too. */
enum { FORMAT_TEXT, FORMAT_JSON };
static const struct {
    const char *name;
    int (*write)(const struct result *result, FILE *out);
} formats[] = {
    {"text", NULL},
    {"json", result_write_json},
    {"tap", result_write_tap},
    {"junit", result_write_junit},
};
enum { N_FORMATS = sizeof formats / sizeof *formats };

struct grade_options {
    char **words;
    size_t n_words;
    int format; /* its place in the table */
    const char *output;
    const char *check;
    bool replay;
    const char *which; /* --replay's argument, or NULL */
    struct pictures pictures;
    struct grading_options how;
};

enum option_key { KEY_FORMAT = 256, KEY_CHECK, KEY_REPLAY };

static const struct argp_option option_table[] = {
    {"format", KEY_FORMAT, "FORMAT", 0, "text (default), json, tap or junit",
     0},
    {"output", 'o', "FILE", 0, "write to FILE, completely or not at all", 0},
    {"check", KEY_CHECK, "ID", 0,
     "judge this check only, and tell all about it", 0},
    {"replay", KEY_REPLAY, "RUN", OPTION_ARG_OPTIONAL,
     "with --check: show the run in which it fails, as a timeline or (json) "
     "as a trace; RUN as the message of a failure has it, or the result's file",
     0},
    PICTURE_OPTIONS,
    GRADING_OPTIONS("exercises"),
    {0},
};

static void settle_replay(const struct grade_options *options,
                          const struct argp_state *state)
{
    if (options->replay && !options->check)
        argp_error(state, "--replay needs --check ID");
    if (options->replay && options->format > FORMAT_JSON)
        argp_error(state, "--replay goes with --format text or json");
    if (pictures_wanted(&options->pictures) && !options->replay)
        argp_error(state, "a picture needs --check ID --replay: of which run?");
}

static int parse_format(const char *arg, struct argp_state *state)
{
    const char *names[N_FORMATS];
    for (int i = 0; i < N_FORMATS; i++)
        names[i] = formats[i].name;
    return option_word(state, "format", names, N_FORMATS, arg);
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct grade_options *options = state->input;
    switch (key) {
    case KEY_FORMAT:
        options->format = parse_format(arg, state);
        return 0;
    case 'o':
        options->output = arg;
        return 0;
    case KEY_CHECK:
        options->check = arg;
        return 0;
    case KEY_REPLAY:
        options->replay = true;
        options->which = arg;
        return 0;
    case ARGP_KEY_END:
        settle_replay(options, state);
        return 0;
    case ARGP_KEY_ARGS:
        options->words = state->argv + state->next;
        options->n_words = (size_t)(state->argc - state->next);
        return 0;
    default:
        if (pictures_option(&options->pictures, key, arg))
            return 0;
        return grading_option(key, arg, state, &options->how);
    }
}

static const struct argp argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "[DIR] [EXERCISE...]",
    .doc = "Grades the submission in DIR (default: where you are). EXERCISE is "
           "03-killing/cancel_download, just cancel_download, or a chapter; "
           "default: all of them."
           "\vExit status: 0 full marks, 1 points are missing, 2 the command "
           "line makes no sense, 3 the grader could not do its work.",
};

/* With --check and no exercise named, its exercise is meant. */
static int narrow_to_check(const char *id, struct submission *submission)
{
    const struct exercise *exercise = NULL;
    if (!catalog_check(id, &exercise)) {
        warnx("there is no check '%s'; 'proclab show EXERCISE' lists those of "
              "an exercise",
              id);
        return STATUS_USAGE;
    }
    for (size_t i = 0; i < submission->n; i++)
        if (submission->exercises[i] == exercise) {
            submission_narrow(submission, exercise);
            return STATUS_OK;
        }
    warnx("the check '%s' belongs to %s", id, exercise->id);
    return STATUS_USAGE;
}

static int write_text(const struct result *result, FILE *out,
                      const struct grade_options *options, const char *dir)
{
    bool to_stdout = strcmp(options->output, "-") == 0;
    struct terminal terminal = terminal_of(to_stdout ? 1 : -1);
    char *command = grading_command(&options->how, dir);
    if (!command)
        return -ENOMEM;
    struct text_style style = {
        .width = terminal.width,
        .colour = terminal.colour,
        .unicode = terminal.unicode,
        .one_check = options->check != NULL,
        .replayed = options->replay,
        .command = command,
        .untouched = starter_is,
    };
    int rc = result_write_text(result, out, &style);
    free(command);
    if (rc == 0 && options->replay)
        rc = again_write_timeline(result, out, &terminal);
    return rc;
}

static int write_result(const struct result *result, FILE *out,
                        const struct grade_options *options, const char *dir)
{
    if (options->format == FORMAT_TEXT)
        return write_text(result, out, options, dir);
    if (options->replay)
        return again_write_trace(result, out);
    return formats[options->format].write(result, out);
}

/* The whole text first: a file is then written in one go. */
static int deliver(const struct result *result,
                   const struct grade_options *options, const char *dir)
{
    char *text = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&text, &len);
    int rc = out ? write_result(result, out, options, dir) : -ENOMEM;
    if (out && fclose(out) != 0 && rc == 0)
        rc = -ENOMEM;
    int status = STATUS_FAILED;
    if (rc == 0)
        status = output_deliver(options->output, text, len);
    else
        warnx("cannot write the result: %s", strerror(-rc));
    free(text);
    return status;
}

static int status_of(const struct result *result)
{
    if (!result_complete(result))
        return STATUS_FAILED;
    return result_points(result) == result_max_points(result) ? STATUS_OK
                                                              : STATUS_MISSING;
}

static int grade_submission(const struct grade_options *options,
                           const struct submission *submission)
{
    struct grade_request request =
        grading_request(submission, &options->how);
    request.only = options->check;
    struct result result;
    struct replay replay = {.schedule = NULL};
    if (options->replay) {
        int status = again_which(options->which, options->check, &request,
                                 &replay);
        if (status != STATUS_OK)
            return status;
    }
    int status = grading_run(&request, &result);
    if (status == STATUS_OK && options->replay)
        again_explain(&result, &replay);
    replay_release(&replay);
    if (status != STATUS_OK)
        return STATUS_FAILED;
    status = deliver(&result, options, submission->dir);
    if (status == STATUS_OK && options->replay)
        status = again_draw(&result, &options->pictures);
    if (status == STATUS_OK)
        status = status_of(&result);
    result_free(&result);
    return status;
}

int command_grade(int argc, char **argv)
{
    struct grade_options options = {
        .output = "-",
        .how = grading_usual(),
    };
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    struct submission submission;
    int status = submission_choose(options.words, options.n_words, &submission);
    if (status != STATUS_OK)
        return status;
    if (options.check)
        status = narrow_to_check(options.check, &submission);
    if (status == STATUS_OK)
        status = grade_submission(&options, &submission);
    submission_free(&submission);
    return status;
}
