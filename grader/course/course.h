/**
 * @file
 * The course as tables: an exercise is scenarios and checks.
 *
 * A file chapters/NN-NAME/checks/EXERCISE.c defines one `struct exercise` and
 * registers it with EXERCISE(); nothing else needs to know of it.
 */
#ifndef PROCLAB_COURSE_COURSE_H
#define PROCLAB_COURSE_COURSE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trace/query.h"
#include "trace/trace.h"

enum { SCENARIO_ARGS = 16, SCENARIO_STEPS = 12, SCENARIO_SCHEDULES = 4 };
enum { SCENARIO_FILES = 2, FILE_MOST = 16384 };
enum { SCENARIO_BYSTANDERS = 6, BYSTANDER_ARGS = 6, SCENARIO_FAULTS = 4 };

/** A process that is there when the program starts and has no part in it.  All
 * are children of pid BYSTANDER_PARENT; the first one of a scenario is pid
 * BYSTANDER_FIRST, the next one that and one, and so on. */
enum { BYSTANDER_PARENT = 3, BYSTANDER_FIRST = 4 };
struct bystander {
    char state;       /**< 'S' sleeping, 'T' stopped, 'Z' zombie, 0: none */
    const char *name; /**< comm, without a "/"; 15 bytes are kept */
    /** The command line of one that is no zombie; the second one is "-".
     * Strings may hold placeholders, see struct scenario. */
    const char *args[BYSTANDER_ARGS];
};

/** A file in the fresh directory in which the program starts. */
struct file {
    const char *name; /**< without a "/"; not the exercise's */
    const char *text; /**< at most FILE_MOST bytes; may hold placeholders, see
                           struct scenario */
};

/** Something that happens to the program; times in ms of virtual time.  Use
 * the macros INPUT, CLOSE_INPUT, SEND and LOOK. */
struct step {
    int at_ms;
    enum step_kind {
        STEP_NONE, STEP_INPUT, STEP_CLOSE, STEP_SIGNAL, STEP_LOOK
    } kind;
    const char *text; /**< may hold placeholders, see struct scenario */
    int signal;
};
#define INPUT(ms, line) {.at_ms = (ms), .kind = STEP_INPUT, .text = (line)}
#define CLOSE_INPUT(ms) {.at_ms = (ms), .kind = STEP_CLOSE}
#define SEND(ms, sig) {.at_ms = (ms), .kind = STEP_SIGNAL, .signal = (sig)}
/** Looks at every living process: what claims on descriptors and the like are
 * about. */
#define LOOK(ms) {.at_ms = (ms), .kind = STEP_LOOK}

/**
 * One way to run an exercise's program.
 *
 * Arguments, environment, files and texts may hold placeholders: `{a:2-5}` is
 * a whole number drawn from the seed, at least 2 and at most 5, and called a;
 * `{a}` is the same number again (also in later strings of the scenario);
 * `{n:ant,bee}` is one of these words.  Placeholders of one scenario that
 * choose from the same list of words get different words, while there are any
 * left.  A brace that no name follows stands for itself.  So no run can be
 * hard-coded.
 */
struct scenario {
    const char *name;  /**< unique in the exercise: "one_worker" */
    const char *title; /**< for people: "a single worker" */
    const char *args[SCENARIO_ARGS];
    const char *env[SCENARIO_ARGS]; /**< additional NAME=VALUE */
    struct step steps[SCENARIO_STEPS];
    struct file files[SCENARIO_FILES];
    struct bystander bystanders[SCENARIO_BYSTANDERS];
    const char *inject[SCENARIO_FAULTS]; /**< rules as `proclab run --inject`
                         takes them, see docs/howto-inject-faults.md */
    int watch_ms;   /**< how long to watch after main's end; 0: until all that
                         is left waits without a deadline */
    int limit_ms;   /**< virtual time; 0: ten minutes */
};

/** A scenario's run: what a check looks at. */
struct run {
    const struct scenario *scenario;
    const struct exercise *exercise;
    const char *schedule;       /**< name for people */
    const struct trace *trace;
    const char *const *args;    /**< as drawn, with argv[0]; ends with NULL */
    int argc;
    const char *const *texts;   /**< text of each of the scenario's steps, as
                                     drawn, NULL where it has none; there are
                                     SCENARIO_STEPS of them */
    const struct file *files;   /**< as drawn; the last one has no name */
    const struct bystander *bystanders; /**< as drawn; the last one has no
                                             state */
    const struct drawn *drawn;  /**< see drawn_number(), drawn_word() */
    size_t n_drawn;
    const char *binary;         /**< the program's file, for source lines */
};

/** A value drawn from the seed. */
struct drawn {
    char name[32];
    char text[64];
};
/** The value of a placeholder; a check that names one that does not exist
 * dies, which is a grader error. */
long drawn_number(const struct run *run, const char *name);
/** The same as text. */
const char *drawn_word(const struct run *run, const char *name);

/** A line that the scenario types. */
struct typed {
    long at_ms; /**< when its newline comes, or else the end of input */
    char text[128];
};
/** The nth line that is typed, from 0; empty ones do not count.  A line may
 * come in pieces, several may come at once, and the last one may lack its
 * newline. @return false if there are not so many */
bool typed_line(const struct run *run, int nth, struct typed *out);
/** When the end of input comes: at once in a scenario that does not tell. */
long typed_end_ms(const struct run *run);

/** Which clock a check needs. */
enum clock_need {
    CLOCK_ANY,    /**< judged under every schedule */
    CLOCK_HONEST, /**< claims on exact times: only where the clock is honest */
};

struct check {
    const char *id;     /**< unique in the course */
    int points;
    const char *title;  /**< the claim: "every worker carries its own name" */
    /** Judges one run, by means of claim.h: returns if the claim holds. Called
     * for each run of the scenarios until it fails. */
    void (*judge)(const struct run *run);
    const char *scenarios; /**< names, space between; NULL: all */
    const char *why;       /**< why it matters, a sentence or two */
    const char *hint;      /**< what to do, for whoever fails it */
    const char *lesson;    /**< anchor in the chapter's README.md */
    enum clock_need clock;
    const char *depends;   /**< ids of checks of this exercise without which
                                this one is skipped, space between; or NULL */
};

struct exercise {
    const char *id;      /**< "02-spawning/downloads" */
    const char *title;
    int place;           /**< in its chapter, which is in order of difficulty;
                              those with the same one go by their ids */
    const char *usage;   /**< its arguments: "SECONDS..." */
    const struct scenario *scenarios; /**< the last one has no name */
    const struct check *checks;       /**< the last one has no id */
};

/** Registers an exercise: `EXERCISE(downloads) = { .id = ... };` */
#define EXERCISE(ident)                                                   \
    extern const struct exercise exercise_##ident;                         \
    static const struct exercise *const exercise_##ident##_entry           \
        __attribute__((used, retain, section("proclab_exercises"))) =      \
            &exercise_##ident;                                             \
    const struct exercise exercise_##ident

#endif
