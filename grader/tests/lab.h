/**
 * @file
 * A submission to be graded, in a directory of its own, and an exercise that
 * is not part of the course.
 */
#ifndef PROCLAB_TESTS_LAB_H
#define PROCLAB_TESTS_LAB_H

#include "course/grade.h"

/** Fixture: makes an empty submission "sub" with a chapter "01-x", in a new
 * directory that is the working directory until it is removed. */
void lab_set_up(void);
void lab_tear_down(void);

/** Writes sub/01-x/NAME.c. */
void lab_write(const char *name, const char *text);

/** A right solution of lab_prog. */
extern const char lab_hello[];

/** Two scenarios, each with a number {n}. */
extern const struct scenario lab_scenarios[];

/** Claims: main writes the line "hello {n}"; main ends with exit code 0. */
void lab_says_hello(const struct run *run);
void lab_ends_well(const struct run *run);

/** A check worth 2 points. */
#define LAB_CHECK(name, function, ...)                                      \
    {.id = name, .points = 2, .title = name " is", .judge = function,       \
     .hint = "hint", .lesson = "lesson", __VA_ARGS__}

#define LAB_EXERCISE(name, its_checks)                                      \
    {.id = "01-x/" name, .title = name, .usage = "N",                       \
     .scenarios = lab_scenarios, .checks = its_checks}

/** "01-x/prog": two checks, 4 points. */
extern const struct exercise lab_prog;

/** A request to grade "sub" under three schedules. */
struct grade_request lab_request(const struct exercise *const *list, size_t n);

/** Grades one exercise; to be freed with result_free(). */
struct result lab_grade_one(const struct exercise *exercise);

#endif
