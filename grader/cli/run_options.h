/**
 * @file
 * The command line of `proclab run`.
 */
#ifndef PROCLAB_CLI_RUN_OPTIONS_H
#define PROCLAB_CLI_RUN_OPTIONS_H

#include "cli/inject.h"
#include "cli/looks.h"
#include "cli/pictures.h"
#include "observer/observe.h"

struct run_options {
    char **program; /**< it and its arguments, ended by NULL */
    char *told[3];  /**< what it points to where a trace is told: the file, and
                         a program for its lines, or NULL */
    enum observe_clock clock;
    struct schedule schedule; /**< --replay: child-first, nothing forced */
    uint64_t seed;
    struct observe_limits limits;
    const char *stdin_script; /**< a path, "-", or NULL */
    const char *replay;       /**< a path or NULL */
    const char *json;         /**< a path, "-", or NULL */
    struct pictures pictures;
    struct injected injected;
    struct looks looks;
    bool no_lines;
    bool story; /**< told in words instead of drawn, on standard output */
    bool quiet;
};

/** Ends the program with a usage error where the command line makes no
 * sense.
 * @param story it is `proclab explain`'s */
void run_options_parse(int argc, char **argv, bool story,
                       struct run_options *options);

/** Observes the program and shows what was asked for. @return exit status */
int run_and_report(struct run_options *options);

#endif
