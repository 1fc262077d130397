/**
 * @file
 * What the subcommands of `proclab` share: the table of commands, the exit
 * statuses, the numbers of options.
 *
 * Only cli/ talks to people.  Results go to stdout, all else to stderr by
 * err(3), which says "proclab grade: ..." because main() names the process so.
 */
#ifndef PROCLAB_CLI_CLI_H
#define PROCLAB_CLI_CLI_H

#include <argp.h>
#include <stddef.h>
#include <stdint.h>

/** What a command tells the shell; `proclab run` knows more, see run.c. */
enum status {
    STATUS_OK = 0,      /**< full marks, or done */
    STATUS_MISSING = 1, /**< points are missing */
    STATUS_USAGE = 2,   /**< the command line makes no sense (also argp's) */
    STATUS_FAILED = 3,  /**< the grader could not do its work */
    STATUS_TOOL = 4,    /**< a program that it takes is not installed */
};

struct command {
    const char *name;
    const char *summary; /**< for the list of commands */
    /** argv[0] is "proclab NAME".  @return exit status */
    int (*run)(int argc, char **argv);
};

int command_new(int argc, char **argv);
int command_grade(int argc, char **argv);
int command_class(int argc, char **argv);
int command_run(int argc, char **argv);
int command_explain(int argc, char **argv);
int command_watch(int argc, char **argv);
int command_list(int argc, char **argv);
int command_show(int argc, char **argv);
int command_report(int argc, char **argv);
int command_measure(int argc, char **argv);
int command_doctor(int argc, char **argv);

/**
 * The value of an option that is a whole number; ends the program with a
 * usage error when it is none.
 * @param option as people write it: "--seed"
 * @param min, max bounds, inclusive
 */
uint64_t option_number(const struct argp_state *state, const char *option,
                       const char *text, uint64_t min, uint64_t max);

/** The same for a time: a whole number and ms, s, m or h (s if none).
 * @return nanoseconds, more than 0 */
int64_t option_duration(const struct argp_state *state, const char *option,
                        const char *text);

/** The same for a size: a whole number and K, M or G (bytes if none).
 * @return bytes, more than 0 */
uint64_t option_size(const struct argp_state *state, const char *option,
                     const char *text);

/**
 * The value of an option that is one of some words.
 * @param what as in "there is no format 'jsn'"
 * @param words n of them; NULL where a number has no word
 * @return its index
 */
int option_word(const struct argp_state *state, const char *what,
                const char *const *words, size_t n, const char *text);

/** How this program is to be called again: "proclab", or the path by which it
 * was called. */
const char *cli_program(void);

#endif
