/**
 * @file
 * Registration of Check suites: a file with `SUITE(name) { ... return suite; }`
 * is found by the runner, nothing else needs to know of it.
 */
#ifndef PROCLAB_TESTS_SUITE_H
#define PROCLAB_TESTS_SUITE_H

#include <check.h>

typedef Suite *suite_maker(void);

#define SUITE(ident)                                                    \
    static Suite *suite_##ident(void);                                   \
    static suite_maker *const suite_##ident##_entry                      \
        __attribute__((used, retain, section("proclab_suites"))) =       \
            suite_##ident;                                               \
    static Suite *suite_##ident(void)

#endif
