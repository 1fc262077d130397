/**
 * @file
 * Source lines of a student's program, from its own debug information.
 */
#ifndef PROCLAB_COURSE_SOURCE_H
#define PROCLAB_COURSE_SOURCE_H

#include <stddef.h>
#include <stdint.h>

/** Where in the source an address belongs to. */
struct place {
    char file[64];     /**< without directories */
    int line;          /**< 0: nothing is known */
    char function[64]; /**< or "" */
};

/** Which files count; debug information says what the program likes. */
enum source_files {
    SOURCE_OWN, /**< BINARY.c only */
    SOURCE_ANY, /**< all but those of the system (below /usr) */
};

/**
 * Looks up addresses.  Where a function of another file was inlined, such as
 * one of a header of libc, the place is that of the call.
 *
 * The file is read by a process of its own, which ends after some seconds at
 * most: debug information that is no good harms nobody, it is not known then.
 * @param binary the ELF file; NULL: nothing is known
 * @param pcs addresses in it, 0: not known
 * @param[out] places n of them
 */
void source_places(const char *binary, enum source_files files,
                   const uint64_t *pcs, size_t n, struct place *places);

/** One of its own lines: "cancel_download.c:57".  @return buffer; "" when
 * there is nothing to be found */
const char *source_line(const char *binary, uint64_t pc, char *buffer,
                        size_t size);

#endif
