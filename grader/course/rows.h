/**
 * @file
 * Scenarios that several exercises have, as rows of their tables.  What follows
 * in the brackets are more fields of a struct scenario.
 */
#ifndef PROCLAB_COURSE_ROWS_H
#define PROCLAB_COURSE_ROWS_H

#include "course/course.h"

/** Two arguments that end with seconds, from 1 to 3600, where those of one are
 * none: bad_word bad_tail bad_zero bad_huge bad_sign.
 * @param one, two all that stands before the seconds, as string literals */
#define BAD_SECONDS(one, two, ...)                                             \
    {"bad_word", "a word instead of the seconds",                              \
     .args = {one "{a:2-5}", two "{w:soon,later,x}"}, __VA_ARGS__},            \
    {"bad_tail", "something behind the seconds",                               \
     .args = {one "{a:2-5}s", two "{b:2-5}"}, __VA_ARGS__},                    \
    {"bad_zero", "0 seconds", .args = {one "{a:2-5}", two "0"}, __VA_ARGS__},  \
    {"bad_huge", "a number beyond 3600",                                       \
     .args = {one "3601", two "{a:2-5}"}, __VA_ARGS__},                        \
    {"bad_sign", "a number with a sign",                                       \
     .args = {one "{a:2-5}", two "+{b:2-5}"}, __VA_ARGS__}

/** Main's third fork() fails. */
#define FORK_FAILS(...)                                                        \
    {"fork_fails", "the third of four processes cannot be started",            \
     .inject = {"fork:error=EAGAIN:when=3:process=main"}, __VA_ARGS__}

/** The second child's exec fails, if it makes one. */
#define EXEC_FAILS(...)                                                        \
    {"exec_fails",                                                             \
     "the second process cannot execute a program, if it wants to",            \
     .inject = {"exec:error=ENOENT:process=1.2"}, __VA_ARGS__}

/** Main's first wait is interrupted. */
#define INTERRUPTED(...)                                                       \
    {"interrupted", "SIGCHLD comes while main begins to wait",                 \
     .inject = {"wait:signal=SIGCHLD:when=1:process=main"}, __VA_ARGS__}

#endif
