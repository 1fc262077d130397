/* proclab class: grades every submission of a class into a directory of
 * results and one table. */

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "classroom/class.h"
#include "cli/class_bar.h"
#include "cli/cli.h"
#include "cli/grading.h"
#include "course/build.h"
#include "course/intake.h"

struct class_options {
    const char *dir;
    const char *results; /* NULL: DIR.results */
    struct grading_options how;
    bool again, trust;
};

enum option_key { KEY_AGAIN = 256, KEY_TRUST };

static const struct argp_option option_table[] = {
    {"trust", KEY_TRUST, 0, 0,
     "yes, run the students' code with my rights (needed for now)", 0},
    {"output", 'o', "RESULTS", 0,
     "directory of the results (default: DIR.results)", 0},
    {"again", KEY_AGAIN, 0, 0, "grade also what did not change", 0},
    GRADING_OPTIONS("submissions"),
    {0},
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct class_options *options = state->input;
    switch (key) {
    case KEY_TRUST:
        options->trust = true;
        return 0;
    case KEY_AGAIN:
        options->again = true;
        return 0;
    case 'o':
        options->results = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (state->arg_num > 0)
            argp_error(state, "give one directory: the one in which the "
                              "submissions lie");
        options->dir = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "give the directory in which the submissions lie");
        return EINVAL;
    default:
        return grading_option(key, arg, state, &options->how);
    }
}

static const struct argp argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "DIR",
    .doc = "Grades every submission below DIR: each directory DIR/NAME that "
           "holds CHAPTER/EXERCISE.c. RESULTS gets NAME.json for each (what "
           "'proclab grade DIR/NAME --format json' writes) and class.csv, a "
           "row for each."
           "\vThe same command again grades only what changed, also after "
           "Ctrl-C. What could not be graded is a row with the reason, and "
           "is tried again.\n\n"
           "Students' code is compiled and run on this machine. It is not "
           "isolated enough yet to be handed in by just anybody, so --trust "
           "must be given.\n\n"
           "Exit status: 0 all of them were graded, whatever their points; 2 "
           "the command line makes no sense; 3 some could not be graded; 130 "
           "stopped by Ctrl-C.",
};

/* --- where things are -------------------------------------------------- */

static bool is_dots(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *last = slash ? slash + 1 : path;
    return *last == '\0' || strcmp(last, ".") == 0 || strcmp(last, "..") == 0;
}

/* DIR.results beside DIR, also for "." and "class/". */
static char *default_results(const char *dir)
{
    char *path = strdup(dir), *results = NULL;
    for (size_t n = path ? strlen(path) : 0; n > 1 && path[n - 1] == '/'; n--)
        path[n - 1] = '\0';
    if (path && is_dots(path)) {
        free(path);
        path = realpath(dir, NULL);
    }
    if (path && asprintf(&results, "%s.results", path) < 0)
        results = NULL;
    free(path);
    return results;
}

static bool is_same(const char *a, const char *b)
{
    struct stat x, y;
    return stat(a, &x) == 0 && stat(b, &y) == 0 && x.st_dev == y.st_dev &&
           x.st_ino == y.st_ino;
}

static int check_trust(const struct class_options *options)
{
    if (options->trust)
        return STATUS_OK;
    warnx("this compiles the students' code and runs it as you, as it is not "
          "isolated enough yet; if you trust those who wrote it, say so with "
          "--trust");
    return STATUS_USAGE;
}

static int check_directory(const struct class_options *options)
{
    struct stat st;
    if (stat(options->dir, &st) < 0)
        warn("'%s'", options->dir);
    else if (!S_ISDIR(st.st_mode))
        warnx("'%s' is not a directory: give the one in which the submissions "
              "lie",
              options->dir);
    else if (is_same(options->dir, options->results))
        warnx("the results cannot lie among the submissions: give another "
              "directory with -o");
    else
        return STATUS_OK;
    return STATUS_USAGE;
}

/* Found before anything is written. */
static int check_roll(const struct class_options *options,
                      const struct roll *roll)
{
    for (size_t i = 0; i < roll->n; i++)
        if (roll->entries[i].kind == ROLL_SUBMISSION)
            return STATUS_OK;
    if (intake_is_submission(roll->dir))
        warnx("'%s' is itself a submission: give the directory above it, or "
              "use 'proclab grade'",
              options->dir);
    else
        warnx("no submission lies in '%s': it should hold a directory for "
              "each student, with CHAPTER/EXERCISE.c in it",
              options->dir);
    return STATUS_USAGE;
}

static int open_results(const struct class_options *options,
                        struct store *store)
{
    int rc = store_open(options->results, store);
    if (rc == -EBUSY)
        warnx("another grading writes into '%s': wait for its end, or give "
              "another directory with -o",
              options->results);
    else if (rc < 0)
        warnx("cannot write into '%s': %s", options->results, strerror(-rc));
    return rc < 0 ? STATUS_FAILED : STATUS_OK;
}

/* --- what came of it --------------------------------------------------- */

static size_t count(const struct class_outcome *outcome,
                    const struct roll *roll, enum mark_status status)
{
    size_t n = 0;
    for (size_t i = 0; i < roll->n; i++)
        n += roll->entries[i].kind != ROLL_STRAY &&
             outcome->marks[i].status == status;
    return n;
}

static void tell_strays(const struct roll *roll)
{
    size_t n = 0;
    for (size_t i = 0; i < roll->n; i++)
        n += roll->entries[i].kind == ROLL_STRAY;
    if (n > 0)
        warnx("passed over: %zu %s", n,
              n == 1 ? "file or hidden directory"
                     : "files or hidden directories");
}

static void sum_up(const struct class_options *options, const struct roll *roll,
                   const struct class_outcome *outcome)
{
    size_t graded = count(outcome, roll, MARK_GRADED);
    size_t errors = count(outcome, roll, MARK_ERROR);
    size_t nothing = count(outcome, roll, MARK_NOTHING);
    size_t pending = count(outcome, roll, MARK_PENDING);
    tell_strays(roll);
    printf("%zu graded", graded);
    if (outcome->kept > 0)
        printf(" (%zu unchanged)", outcome->kept);
    if (errors > 0)
        printf(", %zu could not be graded", errors);
    if (nothing > 0)
        printf(", %zu without a submission", nothing);
    if (pending > 0)
        printf(", %zu not yet", pending);
    printf(": %s/class.csv\n", options->results);
}

/* As if the signal had ended us: a shell's loop ends, too. */
static _Noreturn void end_by(int sig)
{
    signal(sig, SIG_DFL);
    raise(sig);
    _exit(128 + sig);
}

static int conclude(const struct class_options *options,
                    const struct roll *roll,
                    const struct class_outcome *outcome)
{
    sum_up(options, roll, outcome);
    if (outcome->signal) {
        fflush(stdout);
        warnx("stopped; the same command goes on from here");
        end_by(outcome->signal);
    }
    return count(outcome, roll, MARK_ERROR) > 0 ? STATUS_FAILED : STATUS_OK;
}

/* --- all of it --------------------------------------------------------- */

static int grade_class(const struct class_options *options,
                       const struct roll *roll, const struct store *store)
{
    struct class_bar bar = class_bar_start();
    const struct class_request request = {
        .roll = roll,
        .store = store,
        .seed = options->how.seed,
        .schedules = options->how.schedules,
        .jobs = options->how.jobs,
        .again = options->again,
        .progress = class_bar_update,
        .context = &bar,
    };
    struct class_outcome outcome;
    char *why = NULL;
    int rc = class_grade(&request, &outcome, &why);
    class_bar_end(&bar);
    if (rc < 0) {
        warnx("cannot %s in '%s': %s; what is finished is kept, and the same "
              "command goes on from there",
              why ? why : "go on", options->results, strerror(-rc));
        free(why);
        return STATUS_FAILED;
    }
    int status = conclude(options, roll, &outcome);
    class_outcome_free(&outcome, roll);
    return status;
}

static int grade_into(const struct class_options *options,
                      const struct roll *roll)
{
    const char *why = NULL;
    struct store store;
    int rc = build_ready(&why);
    if (rc < 0) {
        warnx("%s", why ? why : strerror(-rc));
        return STATUS_FAILED;
    }
    int status = open_results(options, &store);
    if (status != STATUS_OK)
        return status;
    status = grade_class(options, roll, &store);
    store_close(&store);
    return status;
}

/* A results directory within the class's is no student's. */
static int read_and_grade(const struct class_options *options)
{
    struct roll roll;
    int results = open(options->results, O_PATH | O_DIRECTORY | O_CLOEXEC);
    int rc = roll_read(options->dir, results, &roll);
    if (results >= 0)
        close(results);
    if (rc < 0) {
        warnx("cannot read '%s': %s", options->dir, strerror(-rc));
        return STATUS_USAGE;
    }
    int status = check_roll(options, &roll);
    if (status == STATUS_OK)
        status = grade_into(options, &roll);
    roll_free(&roll);
    return status;
}

int command_class(int argc, char **argv)
{
    struct class_options options = {.how = grading_usual()};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    char *results = NULL;
    if (!options.results)
        options.results = results = default_results(options.dir);
    if (!options.results)
        options.results = "";
    int status = check_trust(&options);
    if (status == STATUS_OK)
        status = check_directory(&options);
    if (status == STATUS_OK)
        status = read_and_grade(&options);
    free(results);
    return status;
}
