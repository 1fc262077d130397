/**
 * @file
 * Judges claims on traces written by hand.
 */
#ifndef PROCLAB_TESTS_CLAIMS_H
#define PROCLAB_TESTS_CLAIMS_H

#include "course/claim.h"
#include "course/judge.h"
#include "tests/suite.h"
#include "tests/traces.h"

/** A claim on a trace: holds if `expected` is NULL; else the words that each
 * part of its message must be, the whole sentences. */
struct claim_case {
    const struct trace *trace;
    void (*judge)(const struct run *run);
    const char *expected, *seen;
};

/** Defines a function for claim_case.judge. */
#define CLAIM(name, ...)                                                    \
    static void name(const struct run *run)                                 \
    {                                                                       \
        __VA_ARGS__;                                                        \
    }

/** Ends the test if the claim's verdict or message is another one. */
void claim_case_try(const struct claim_case *c);

#endif
