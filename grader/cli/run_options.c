#include "cli/run_options.h"

#include <string.h>

#include "cli/cli.h"
#include "observer/schedule_text.h"

enum option_key {
    KEY_CLOCK = 256,
    KEY_SCHEDULE,
    KEY_SEED,
    KEY_REPLAY,
    KEY_STDIN,
    KEY_INJECT,
    KEY_JSON,
    KEY_LOOK,
    KEY_NO_LINES,
    KEY_LIMIT_TIME,
    KEY_LIMIT_CPU,
    KEY_LIMIT_WALL,
    KEY_LIMIT_OUTPUT,
    KEY_LIMIT_PROCESSES,
};

static const struct argp_option option_table[] = {
    {NULL, 0, NULL, 0, "What the program finds:", 1},
    {"clock", KEY_CLOCK, "CLOCK", 0,
     "virtual (default): sleeping takes no time; or real", 0},
    {"schedule", KEY_SCHEDULE, "NAME", 0,
     "which process goes next: child-first (default), parent-first, random "
     "(each choice from --seed), pct (priorities from --seed), starve:PLACE (the "
     "process at that place, as in 1.2, last of all, even if time passes), or "
     "free: as the kernel likes", 0},
    {"seed", KEY_SEED, "N", 0,
     "seed of --schedule random, which it implies, or pct, and of the "
     "program's random bytes (default 1)", 0},
    {"replay", KEY_REPLAY, "FILE", 0,
     "decide as in the run that --json wrote to FILE; or, with a submission in "
     "place of PROGRAM, show again what failed first in the result FILE",
     0},
    {"stdin", KEY_STDIN, "FILE", 0,
     "standard input: lines '@MS text' are fed at that virtual time, "
     "'@MS EOF' ends it; any other file is fed at once (default: empty)", 0},
    {"inject", KEY_INJECT, "RULE", 0,
     "make system calls fail, or interrupt or delay them, as strace does: "
     "CALL[,CALL...]:error=ERRNO, :retval=N, :signal=SIG, :signal_exit=SIG, "
     ":delay_enter=TIME, :delay_exit=TIME or :short=BYTES, and "
     ":when=FIRST[..LAST][+[STEP]] and :process=PLACE; may be given several "
     "times",
     0},
    {NULL, 0, NULL, 0, "What you get:", 2},
    {"quiet", 'q', NULL, 0, "no timeline", 0},
    {"json", KEY_JSON, "FILE", 0,
     "write the trace; to standard output (-) in place of the program's "
     "output, which the trace holds", 0},
    PICTURE_OPTIONS,
    {"look", KEY_LOOK, "WHEN", 0,
     "list every process with its ids, terminal, directory and descriptors at "
     "this virtual time (5s), or each one after 'exec' or before its 'exit'; "
     "may be given several times", 0},
    {"no-lines", KEY_NO_LINES, NULL, 0,
     "do not find out which line each event comes from", 0},
    {NULL, 0, NULL, 0,
     "Limits (numbers may have a unit: ms, s, m, h; K, M, G):", 3},
    {"limit-time", KEY_LIMIT_TIME, "TIME", 0, "virtual time", 0},
    {"limit-cpu", KEY_LIMIT_CPU, "TIME", 0, "CPU time of all processes", 0},
    {"limit-wall", KEY_LIMIT_WALL, "TIME", 0, "real time", 0},
    {"limit-output", KEY_LIMIT_OUTPUT, "BYTES", 0, "output", 0},
    {"limit-processes", KEY_LIMIT_PROCESSES, "N", 0,
     "processes and threads at once", 0},
    {NULL, 0, NULL, 0, "Help:", -1},
    {0},
};

static const char *const clock_names[] = {
    [OBSERVE_VIRTUAL] = "virtual",
    [OBSERVE_REAL] = "real",
};
static const char *const schedule_names[] = {
    [SCHEDULE_CHILD_FIRST] = "child-first",
    [SCHEDULE_PARENT_FIRST] = "parent-first",
    [SCHEDULE_RANDOM] = "random",
    [SCHEDULE_PCT] = "pct",
    [SCHEDULE_FREE] = "free",
};
enum {
    N_CLOCKS = sizeof clock_names / sizeof clock_names[0],
    N_SCHEDULES = sizeof schedule_names / sizeof schedule_names[0],
};

/* Which of the options that exclude or imply one another were given. */
struct parsing {
    struct run_options *options;
    bool schedule, seed;
};

static error_t parse_limit(int key, const char *arg, struct argp_state *state,
                           struct observe_limits *limits)
{
    switch (key) {
    case KEY_LIMIT_TIME:
        limits->virtual_ns = option_duration(state, "--limit-time", arg);
        return 0;
    case KEY_LIMIT_CPU:
        limits->cpu_ns = option_duration(state, "--limit-cpu", arg);
        return 0;
    case KEY_LIMIT_WALL:
        limits->wall_ns = option_duration(state, "--limit-wall", arg);
        return 0;
    case KEY_LIMIT_OUTPUT:
        limits->output = option_size(state, "--limit-output", arg);
        return 0;
    case KEY_LIMIT_PROCESSES:
        limits->tasks =
            (int)option_number(state, "--limit-processes", arg, 1, 1000000);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static error_t parse_choice(int key, char *arg, struct argp_state *state,
                            struct parsing *parsing)
{
    struct run_options *options = parsing->options;
    switch (key) {
    case KEY_CLOCK:
        options->clock = (enum observe_clock)option_word(
            state, "clock", clock_names, N_CLOCKS, arg);
        return 0;
    case KEY_SCHEDULE:
        parsing->schedule = true;
        if (schedule_victim(arg, &options->schedule))
            return 0;
        options->schedule.kind = (enum schedule_kind)option_word(
            state, "schedule", schedule_names, N_SCHEDULES, arg);
        return 0;
    case KEY_SEED:
        parsing->seed = true;
        options->seed = option_number(state, "--seed", arg, 0, UINT64_MAX);
        return 0;
    default:
        return parse_limit(key, arg, state, &options->limits);
    }
}

static void settle_schedule(struct argp_state *state, struct parsing *parsing)
{
    struct run_options *options = parsing->options;
    if (options->replay && parsing->schedule)
        argp_error(state, "--replay and --schedule exclude each other");
    if (parsing->seed && !parsing->schedule && !options->replay)
        options->schedule.kind = SCHEDULE_RANDOM;
    options->schedule.seed = options->seed;
}

/* Of a file that holds a trace, or of the program behind it, nothing is run:
 * options may follow. */
static bool is_told(const struct run_options *options, const char *arg)
{
    size_t len = strlen(arg);
    return options->story &&
           (options->told[0] ||
            (len > 5 && strcmp(arg + len - 5, ".json") == 0));
}

static error_t take_told(struct run_options *options, char *arg)
{
    options->program = options->told;
    if (options->told[1])
        return ARGP_ERR_UNKNOWN;
    options->told[options->told[0] ? 1 : 0] = arg;
    return 0;
}

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct parsing *parsing = state->input;
    struct run_options *options = parsing->options;
    switch (key) {
    case 'q':
        options->quiet = true;
        return 0;
    case KEY_REPLAY:
        options->replay = arg;
        return 0;
    case KEY_STDIN:
        options->stdin_script = arg;
        return 0;
    case KEY_INJECT:
        inject_add(state, arg, &options->injected);
        return 0;
    case KEY_JSON:
        options->json = arg;
        return 0;
    case KEY_NO_LINES:
        options->no_lines = true;
        return 0;
    case KEY_LOOK:
        looks_add(state, arg, &options->looks);
        return 0;
    case ARGP_KEY_ARG: /* the rest is the program's, options too */
        if (is_told(options, arg))
            return take_told(options, arg);
        options->program = state->argv + state->next - 1;
        state->next = state->argc;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which program?");
        return 0;
    case ARGP_KEY_END:
        settle_schedule(state, parsing);
        return 0;
    default:
        if (pictures_option(&options->pictures, key, arg))
            return 0;
        return parse_choice(key, arg, state, parsing);
    }
}

#define EXIT_STATUSES                                                          \
    "\vExit status: that of PROGRAM, 128+N if signal N killed it; 124 if it "   \
    "had to be ended (a limit, a deadlock); 125 if it could not be observed; "  \
    "126 if it cannot be executed; 127 if there is none; 2 the command line "   \
    "makes no sense."

static const struct argp run_argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "PROGRAM [ARG...]",
    .doc =
        "Runs a program, watches every process that comes from it, and draws "
        "a timeline on standard error when all is over. The program's own "
        "output passes through." EXIT_STATUSES,
};

static const struct argp explain_argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "PROGRAM [ARG...]\nFILE.json [PROGRAM]",
    .doc =
        "Runs a program, watches every process that comes from it, and tells "
        "what happened: each event is a sentence, with its virtual time and "
        "the source line that it comes from (compile with -g). What the "
        "program writes is a part of the story. FILE.json is a run that "
        "'run --json FILE.json' wrote; PROGRAM says where its lines are."
        EXIT_STATUSES,
};

void run_options_parse(int argc, char **argv, bool story,
                       struct run_options *options)
{
    *options = (struct run_options){.seed = 1, .story = story};
    struct parsing parsing = {.options = options};
    argp_parse(story ? &explain_argp : &run_argp, argc, argv, ARGP_IN_ORDER,
               NULL, &parsing);
}
