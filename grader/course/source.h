/**
 * @file
 * Source lines of a student's program, from its own debug information.
 */
#ifndef PROCLAB_COURSE_SOURCE_H
#define PROCLAB_COURSE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

/**
 * The line that an address belongs to: "cancel_download.c:57".
 *
 * A return address is meant: the line is that of the call before it.  Only
 * lines of the program's own file (BINARY.c) count.
 * @param binary the ELF file, or NULL
 * @param pc address in the ELF file, or 0: not known
 * @return buffer; "" when there is nothing to be found
 */
const char *source_line(const char *binary, uint64_t pc, char *buffer,
                        size_t size);

#endif
