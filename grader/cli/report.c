/* proclab report: a submission, its grading and the student's notes as a page
 * or a PDF. */

#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/grading.h"
#include "cli/output.h"
#include "cli/report_notes.h"
#include "cli/submission.h"
#include "report/render.h"

struct report_options {
    char **words;
    size_t n_words;
    const char *output;
    const char *figures; /* directory, or NULL */
    const char *look;
    struct grading_options how;
};

enum option_key { KEY_FIGURES = 256, KEY_LOOK };

static const struct argp_option option_table[] = {
    {"output", 'o', "FILE", 0,
     "write to FILE: a PDF if its name ends with .pdf, else a page (HTML); "
     "default: report.html, where you are",
     0},
    {"figures", KEY_FIGURES, "DIR", 0, "also write each picture into DIR (SVG)",
     0},
    {"look", KEY_LOOK, "DIR", 0,
     "take the template, the style and the filter from DIR, as far as they are "
     "there: report.html, report.css, filter.lua",
     0},
    GRADING_OPTIONS("exercises"),
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct report_options *options = state->input;
    switch (key) {
    case 'o':
        options->output = arg;
        return 0;
    case KEY_FIGURES:
        options->figures = arg;
        return 0;
    case KEY_LOOK:
        options->look = arg;
        return 0;
    case ARGP_KEY_ARGS:
        options->words = state->argv + state->next;
        options->n_words = (size_t)(state->argc - state->next);
        return 0;
    default:
        return grading_option(key, arg, state, &options->how);
    }
}

static const struct argp argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "[DIR] [EXERCISE...]",
    .doc = "Grades the submission in DIR (default: where you are) and makes "
           "the lab report of it: a page that stands by itself, or a PDF. It "
           "holds what the checks say, the programs, a run of each as a "
           "transcript, a timeline and a tree of processes, and what is "
           "written in DIR/notes: student.yaml, a file of answers for each "
           "chapter, conclusion.md, and speedup.json, which 'proclab measure' "
           "makes."
           "\vPages need pandoc, a PDF also chromium-headless-shell."
           "\n\nExit status: 0 the report was made (whatever the points), 2 "
           "the command line or notes/student.yaml makes no sense, 3 it could "
           "not be made, 4 a program that it takes is missing.",
};

static bool wants_pdf(const char *path)
{
    size_t len = strlen(path);
    return len > 4 && strcmp(path + len - 4, ".pdf") == 0;
}

/* --- the files ------------------------------------------------------------ */

static int write_figures(const char *dir, const struct figures *figures)
{
    struct stat st;
    int status = STATUS_OK;
    int error = mkdir(dir, 0777) == 0 ? 0 : errno;
    if (error == EEXIST && stat(dir, &st) == 0)
        error = S_ISDIR(st.st_mode) ? 0 : ENOTDIR;
    if (error != 0) {
        warnx("cannot make '%s': %s", dir, strerror(error));
        return STATUS_FAILED;
    }
    for (size_t i = 0; i < figures->n && status == STATUS_OK; i++) {
        char *path = NULL;
        const struct figure *f = &figures->figure[i];
        if (asprintf(&path, "%s/%s", dir, f->name) < 0)
            return STATUS_FAILED;
        status = output_deliver(path, f->svg, strlen(f->svg));
        free(path);
    }
    return status;
}

static int explain(int rc, char *why)
{
    warnx("%s", why ? why : strerror(-rc));
    free(why);
    return rc == -ENOENT ? STATUS_TOOL : STATUS_FAILED;
}

/* Nothing is written before all is made. */
static int render(const struct report_options *options,
                  const struct render *how, const json_t *document)
{
    char *html = NULL, *pdf = NULL, *why = NULL;
    size_t len = 0, pdf_len = 0;
    bool as_pdf = wants_pdf(options->output);
    int rc = render_html(how, document, &html, &len, &why);
    if (rc == 0 && as_pdf)
        rc = render_pdf(how, html, len, &pdf, &pdf_len, &why);
    int status;
    if (rc < 0)
        status = explain(rc, why);
    else
        status = as_pdf ? output_deliver(options->output, pdf, pdf_len)
                        : output_deliver(options->output, html, len);
    free(html);
    free(pdf);
    return status;
}

static int render_document(const struct report_options *options,
                           const json_t *document)
{
    struct render how;
    const char *warning;
    int rc = render_open(options->look, &how, &warning);
    if (rc < 0) {
        warnx("no working directory could be made: %s", strerror(-rc));
        return STATUS_FAILED;
    }
    if (warning)
        warnx("warning: pandoc and chromium run without walls around them: %s",
              warning);
    int status = render(options, &how, document);
    render_close(&how);
    return status;
}

/* --- what it is made of --------------------------------------------------- */

/* What to type in the submission's directory, wherever that and proclab are. */
static char *command_for(const char *name, const struct grading_options *how)
{
    char *grade = grading_command(how, "."), *command = NULL;
    const char *options =
        grade ? grade + strlen(cli_program()) + strlen(" grade") : NULL;
    int n = grade ? asprintf(&command, "proclab %s%s", name, options) : -1;
    free(grade);
    return n < 0 ? NULL : command;
}

static int make(const struct report_options *options,
                const struct result *result, const char *dir,
                const struct notes *notes)
{
    struct figures figures = {.n = 0};
    char *command = command_for("grade", &options->how);
    char *remake = command_for("report", &options->how);
    const struct report report = {
        .result = result,
        .dir = dir,
        .student = notes->student,
        .date = notes_date(notes),
        .commit = *notes->commit ? notes->commit : NULL,
        .compiler = *notes->compiler ? notes->compiler : NULL,
        .speedup = notes->measured ? &notes->speedup : NULL,
        .speedup_problem = notes->speedup_problem,
        .command = command,
        .remake = remake,
    };
    json_t *document =
        command && remake ? document_make(&report, &figures) : NULL;
    int status = STATUS_OK;
    if (!document) {
        warnx("%s", strerror(ENOMEM));
        status = STATUS_FAILED;
    }
    if (status == STATUS_OK)
        status = render_document(options, document);
    if (status == STATUS_OK && options->figures)
        status = write_figures(options->figures, &figures);
    json_decref(document);
    figures_free(&figures);
    free(command);
    free(remake);
    return status;
}

/* The notes come first: a mistake in them is told before anyone has waited. */
static int report(const struct report_options *options,
                  const struct submission *submission)
{
    struct notes notes;
    struct result result;
    int status = notes_read(submission->dir, &notes);
    if (status != STATUS_OK)
        return status;
    struct grade_request request = grading_request(submission, &options->how);
    request.samples = true;
    status = grading_run(&request, &result);
    if (status == STATUS_OK) {
        status = make(options, &result, submission->dir, &notes);
        result_free(&result);
    }
    notes_free(&notes);
    return status;
}

int command_report(int argc, char **argv)
{
    struct report_options options = {
        .output = "report.html",
        .how = grading_usual(),
    };
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    struct submission submission;
    int status = submission_choose(options.words, options.n_words, &submission);
    if (status != STATUS_OK)
        return status;
    status = report(&options, &submission);
    submission_free(&submission);
    return status;
}
