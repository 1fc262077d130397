/**
 * @file
 * Random scripts for the interpreter (interpret.c).
 */
#ifndef PROCLAB_TESTS_SOAK_GENERATE_H
#define PROCLAB_TESTS_SOAK_GENERATE_H

#include <stdbool.h>
#include <stdint.h>

/**
 * Makes a script; the same seed makes the same one.
 *
 * @param determined whatever acts on others does so at an instant of its own,
 *        and what has two effects at one instant is left out: the script then
 *        has one outcome, up to the order of lines of different processes.
 *        Otherwise everything is mixed, and only a schedule decides
 * @return text to be freed
 */
char *script_generate(uint64_t seed, bool determined);

/** The script with units of that many milliseconds.  @return text to be freed */
char *script_with_unit(const char *script, int unit_ms);

/**
 * Removes whatever is not needed for the script to be `bad`: statements, with
 * the blocks that they begin.
 *
 * @param bad asked about each smaller script
 * @return text to be freed; the script itself when nothing can go
 */
char *script_shrink(const char *script,
                    bool (*bad)(const char *script, void *data), void *data);

#endif
