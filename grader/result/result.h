/**
 * @file
 * The result of a submission: all verdicts, as plain data, and its exporters.
 *
 * The JSON form is proclab-result/v1; no time of day, no absolute path and no
 * raw pid is in it, so the same submission and seed give the same bytes.
 */
#ifndef PROCLAB_RESULT_RESULT_H
#define PROCLAB_RESULT_RESULT_H

#include <jansson.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "trace/trace.h"

enum verdict { VERDICT_PASS, VERDICT_FAIL, VERDICT_SKIP, VERDICT_ERROR };

/** A compiler's remark; every string is owned. */
struct diagnostic {
    char *file, *severity, *message;
    int line, column;
};

/** A choice without which the failing run would have gone well. */
struct forced_choice {
    size_t at;   /**< which decision of the run, from 0 */
    int chosen;  /**< the option that it takes */
    char *words; /**< owned: "main ends before process 1.2 has begun"; ""
                      where the next choice goes on with that */
};

struct check_result {
    const char *id, *title, *hint, *lesson; /**< owned by the course; lesson
                                                 is the anchor, or NULL */
    int points;     /**< earned; meaningless for VERDICT_ERROR */
    int max_points;
    enum verdict verdict;
    char *expected, *seen, *where; /**< owned; NULL where there is none; for
                                        skip and error `seen` is the reason */
    char *scenario, *schedule;     /**< owned; the run that failed, or NULL;
                                        schedule as in "child-first+3:1" */
    char *command;  /**< owned; the command line of that run, or NULL */
    char *program;  /**< owned; "sha256:..." of the source that failed, or NULL;
                         the decisions belong to it */
    size_t n_decisions;
    struct forced_choice *decisions; /**< owned; the fewest that make it fail;
                                          none where it fails anyhow */
    size_t event; /**< of that run's trace, which the check points at; counted
                       from 1, 0: none */
};

struct transcript_line {
    int64_t t_ms;
    char *process; /**< label, owned */
    char *text;    /**< valid UTF-8, owned */
};

struct process_result {
    char *place, *name;     /**< owned: "1.2", "File2" */
    int64_t born_ms, ended_ms; /**< -1: never */
    int code, signal;
};

struct run_result {
    const char *scenario; /**< owned by the course */
    char *schedule;       /**< owned */
    const char *outcome;
    int64_t virtual_ms;
    size_t left_out; /**< lines of output that are not in `lines` */
    size_t n_lines, n_processes;
    struct transcript_line *lines;
    struct process_result *processes;
};

struct exercise_result {
    const char *id, *title; /**< owned by the course */
    char *program; /**< owned; "sha256:..." of the source, or NULL */
    bool built;
    char *build_problem; /**< owned; why there is nothing to run (no such file,
                              no main, compiler error), NULL if built */
    size_t n_diagnostics, n_checks, n_runs;
    struct diagnostic *diagnostics;
    struct check_result *checks;
    struct run_result *runs;
    int n_tried;    /**< runs that were made to judge it */
    int n_distinct; /**< those of them that went another way */
    json_t *trace;  /**< owned; of the run that a replay shows, or NULL */
};

struct result {
    char *submission; /**< owned; the directory's own name */
    uint64_t seed;
    int schedules;
    const char *course; /**< "sha256:...", owned by the course; may be NULL */
    size_t n_exercises;
    struct exercise_result *exercises;
    json_t *source; /**< where it was read from JSON, what is "owned by the
                         course" points into it; else NULL */
};

int result_points(const struct result *result);
int result_max_points(const struct result *result);
int exercise_points(const struct exercise_result *exercise);
int exercise_max_points(const struct exercise_result *exercise);
/** Whether no check of it ended in a grader error. */
bool exercise_complete(const struct exercise_result *exercise);
/** Whether it is complete and has full marks. */
bool exercise_done(const struct exercise_result *exercise);
/** Whether no check ended in a grader error. */
bool result_complete(const struct result *result);

void result_free(struct result *result);
/** Frees what an exercise's result owns, not the struct itself. */
void exercise_result_clear(struct exercise_result *exercise);
/** Frees what a check's result owns, not the struct itself. */
void check_result_clear(struct check_result *check);

/** Frees what a run's result owns, not the struct itself. */
void run_result_clear(struct run_result *run);

/** "pass", "fail", "skip", "error". */
const char *verdict_name(enum verdict verdict);

/**
 * Bytes of a program as valid UTF-8; each byte that belongs to no character,
 * and NUL, becomes U+FFFD.
 * @param most bytes of the result without its NUL; cut before a character
 *             that does not fit
 * @return to be freed, or NULL when memory ran out
 */
char *result_utf8(const char *bytes, size_t len, size_t most);

#endif
