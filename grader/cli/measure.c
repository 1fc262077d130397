/* proclab measure: the real speed-up of parallel workers, for the report. */

#include <err.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/cli.h"
#include "cli/output.h"
#include "cli/progress.h"
#include "cli/submission.h"
#include "report/measure.h"

struct measure_options {
    char **words;
    size_t n_words;
    int workers, repeats;
};

static const struct argp_option option_table[] = {
    {"workers", 'w', "N", 0,
     "from 1 to N workers (default: twice as many as there are CPUs, at least "
     "4, at most 16)",
     0},
    {"repeats", 'n', "N", 0, "measure each N times (default 7)", 0},
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct measure_options *options = state->input;
    switch (key) {
    case 'w':
        options->workers =
            (int)option_number(state, "--workers", arg, 1, SPEEDUP_WORKERS);
        return 0;
    case 'n':
        options->repeats =
            (int)option_number(state, "--repeats", arg, 1, SPEEDUP_REPEATS);
        return 0;
    case ARGP_KEY_ARGS:
        options->words = state->argv + state->next;
        options->n_words = (size_t)(state->argc - state->next);
        if (options->n_words > 1)
            argp_error(state, "one directory at a time");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "[DIR]",
    .doc = "Measures in real time how much faster the image_filter of the "
           "submission in DIR (default: where you are) is with 1, 2, ... "
           "workers, and writes that into DIR/notes/speedup.json, where "
           "'proclab report' takes it from. Takes some seconds; leave the "
           "machine alone meanwhile."
           "\vExit status: 0 it was measured, 1 the program does not do what "
           "is measured, 2 the command line makes no sense, 3 the grader could "
           "not do its work.",
};

static int default_workers(void)
{
    int n = 2 * measure_cpus();
    return n < 4 ? 4 : n > 16 ? 16 : n;
}

/* DIR/notes, made where it is missing; a link could lead out of DIR. */
static int place_of_file(const char *dir, char *path, size_t size)
{
    struct stat st;
    int n = snprintf(path, size, "%s/notes", dir);
    if (n < 0 || (size_t)n + sizeof "/speedup.json" > size) {
        warnx("'%s': %s", dir, strerror(ENAMETOOLONG));
        return STATUS_FAILED;
    }
    if (mkdir(path, 0777) != 0 && errno != EEXIST) {
        warn("cannot make '%s'", path);
        return STATUS_FAILED;
    }
    bool good = lstat(path, &st) == 0 && S_ISDIR(st.st_mode);
    strcat(path, "/speedup.json");
    good = good && (lstat(path, &st) != 0 || S_ISREG(st.st_mode));
    if (!good)
        warnx("'%s' is not a plain file in a directory of '%s': move what is "
              "in its place away",
              path, dir);
    return good ? STATUS_OK : STATUS_FAILED;
}

static int write_file(const char *path, const struct speedup *speedup)
{
    json_t *json = speedup_to_json(speedup);
    size_t flags = JSON_INDENT(2) | JSON_REAL_PRECISION(9);
    char *text = json ? json_dumps(json, flags) : NULL;
    json_decref(json);
    char *line = NULL;
    if (!text || asprintf(&line, "%s\n", text) < 0) {
        free(text);
        warnx("%s", strerror(ENOMEM));
        return STATUS_FAILED;
    }
    int status = output_deliver(path, line, strlen(line));
    free(text);
    free(line);
    return status;
}

static void say(const struct speedup *s, const char *path)
{
    double serial, first;
    printf("workers  median ms    lowest   highest  speed-up  sleeping\n");
    for (int p = 1; p <= s->n_workers; p++) {
        struct speedup_spread spread = speedup_spread(s, p);
        printf("%7d %10.1f %9.1f %9.1f %9.2f %9.2f\n", p, spread.median,
               spread.low, spread.high, speedup_of(s, p), speedup_slept(s, p));
    }
    printf("\n%d CPU%s, %d x %d pixels, %d run%s each.", s->cpus,
           s->cpus == 1 ? "" : "s", s->width, s->height, s->repeats,
           s->repeats == 1 ? "" : "s");
    if (speedup_fit(s, &serial, &first) == 0)
        printf(" By Amdahl's law %.0f %% of the time of one worker cannot be "
               "shared.",
               serial * 100);
    printf("\nWritten to %s; 'proclab report' shows it.\n", path);
}

static int measure_into(const struct measure_options *options, const char *dir,
                        const char *path)
{
    struct progress progress = progress_start();
    const struct measure_request request = {
        .dir = dir,
        .workers = options->workers,
        .repeats = options->repeats,
        .progress = progress_update,
        .context = &progress,
    };
    struct speedup speedup;
    char *why = NULL;
    int rc = measure(&request, &speedup, &why);
    progress_end(&progress);
    int status = rc == -EINVAL ? STATUS_MISSING : STATUS_FAILED;
    if (rc == 0)
        status = write_file(path, &speedup);
    else
        warnx("%s", why ? why : strerror(-rc));
    if (status == STATUS_OK)
        say(&speedup, path);
    free(why);
    return status;
}

int command_measure(int argc, char **argv)
{
    struct measure_options options = {
        .workers = default_workers(),
        .repeats = 7,
    };
    char path[PATH_MAX];
    struct submission submission;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int status = submission_choose(options.words, options.n_words, &submission);
    if (status != STATUS_OK)
        return status;
    status = place_of_file(submission.dir, path, sizeof path);
    if (status == STATUS_OK)
        status = measure_into(&options, submission.dir, path);
    submission_free(&submission);
    return status;
}
