/**
 * @file
 * The fewest of some things that still do what all of them did: delta
 * debugging (Zeller and Hildebrandt, "Simplifying and isolating
 * failure-inducing input", 2002).
 */
#ifndef PROCLAB_COURSE_SHRINK_H
#define PROCLAB_COURSE_SHRINK_H

#include <stddef.h>

/**
 * Asks whether these items alone still do it.
 * @return 1 they do; 0 they do not; less: no more questions
 */
typedef int shrink_test(const size_t *items, size_t n, void *context);

/**
 * Leaves out what is not needed: in the end no single item can be left out,
 * unless the questions came to an end before.  Asks first about none at all,
 * never about all.  The same answers give the same questions.
 *
 * @param[in,out] items in their order, which stays
 * @return how many are left; -ENOMEM, then items are as they were
 */
long shrink(size_t *items, size_t n, shrink_test *test, void *context);

#endif
