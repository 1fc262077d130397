/**
 * @file
 * Registration of Check suites: a file with `SUITE(name) { ... return suite; }`
 * is found by the runner, nothing else needs to know of it.
 */
#ifndef PROCLAB_TESTS_SUITE_H
#define PROCLAB_TESTS_SUITE_H

#include <check.h>

struct suite_entry {
    const char *name;
    Suite *(*make)(void);
};

#define SUITE(ident)                                                    \
    static Suite *suite_##ident(void);                                   \
    static const struct suite_entry suite_##ident##_row = {              \
        #ident, suite_##ident};                                          \
    static const struct suite_entry *const suite_##ident##_entry         \
        __attribute__((used, retain, section("proclab_suites"))) =       \
            &suite_##ident##_row;                                        \
    static Suite *suite_##ident(void)

#endif
