/* proclab list: the exercises, and with DIR how far it has come. */

#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/grading.h"
#include "cli/standing.h"
#include "cli/submission.h"
#include "cli/terminal.h"

struct list_options {
    char **words;
    size_t n_words;
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct list_options *options = state->input;
    (void)arg;
    switch (key) {
    case ARGP_KEY_ARGS:
        options->words = state->argv + state->next;
        options->n_words = (size_t)(state->argc - state->next);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .parser = parse_option,
    .args_doc = "[DIR [EXERCISE...]]",
    .doc = "Lists the chapters and exercises with the points they are worth. "
           "With DIR also the points that the submission in DIR has: it is "
           "graded for that.",
};

static size_t chapter_len(const char *id)
{
    return strcspn(id, "/");
}

/* A blank line and the chapter's name before its first exercise. */
static void print_chapter(const char *id, const char *last)
{
    size_t len = chapter_len(id);
    if (last && strncmp(id, last, len + 1) == 0)
        return;
    printf("%s%.*s\n", last ? "\n" : "", (int)len, id);
}

static int name_width(const struct exercise *const *all, size_t n)
{
    size_t width = 0;
    for (size_t i = 0; i < n; i++) {
        size_t len = strlen(all[i]->id) - chapter_len(all[i]->id) - 1;
        width = len > width ? len : width;
    }
    return (int)width;
}

/* A row begins alike whether points were earned or not. */
static void print_exercise(const char *id, const char *last, int width)
{
    print_chapter(id, last);
    printf("  %-*s  ", width, id + chapter_len(id) + 1);
}

static int list_course(void)
{
    size_t n;
    const struct exercise *const *all = catalog(&n);
    int width = name_width(all, n), total = 0;
    const char *last = NULL;
    for (size_t i = 0; i < n; i++) {
        int points = catalog_points(all[i]);
        print_exercise(all[i]->id, last, width);
        printf("%3d points  %s\n", points, all[i]->title);
        last = all[i]->id;
        total += points;
    }
    printf("\n%zu exercises, %d points\n", n, total);
    return STATUS_OK;
}

static int print_progress(const struct result *result)
{
    struct page page = terminal_page();
    const struct exercise_result **rows =
        calloc(result->n_exercises + 1, sizeof *rows);
    if (!rows) {
        warn(NULL);
        return STATUS_FAILED;
    }
    for (size_t i = 0; i < result->n_exercises; i++)
        rows[i] = &result->exercises[i];
    standing_write(&page, rows, result->n_exercises, cli_program());
    free(rows);
    return STATUS_OK;
}

/* The schedules are those of `proclab grade`: fewer would be quicker, and
 * would promise points that it does not give. */
static int list_progress(const struct submission *submission)
{
    struct grading_options usual = grading_usual();
    struct grade_request request = grading_request(submission, &usual);
    struct result result;
    if (grading_run(&request, &result) != STATUS_OK)
        return STATUS_FAILED;
    int status = print_progress(&result);
    if (status == STATUS_OK && !result_complete(&result)) {
        status = STATUS_FAILED;
        warnx("some checks could not be judged; 'proclab grade' tells which");
    }
    result_free(&result);
    return status;
}

int command_list(int argc, char **argv)
{
    struct list_options options = {0};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    if (options.n_words == 0)
        return list_course();
    struct submission submission;
    int status = submission_choose(options.words, options.n_words, &submission);
    if (status != STATUS_OK)
        return status;
    status = list_progress(&submission);
    submission_free(&submission);
    return status;
}
