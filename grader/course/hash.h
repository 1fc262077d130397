/**
 * @file
 * SHA-256 over several pieces, as text.
 */
#ifndef PROCLAB_COURSE_HASH_H
#define PROCLAB_COURSE_HASH_H

#include <nettle/sha2.h>
#include <stddef.h>

/** Bytes of "sha256:", 64 hexadecimal digits and the final NUL. */
enum { HASH_TEXT = 7 + 64 + 1 };

/** Adds a piece with its length, so that no two lists of pieces are alike. */
void hash_piece(struct sha256_ctx *hash, const void *bytes, size_t len);

/** Adds a string as a piece; NULL differs from "". */
void hash_string(struct sha256_ctx *hash, const char *string);

/** Adds a number. */
void hash_number(struct sha256_ctx *hash, long number);

/** Ends the hash. @return text */
char *hash_text(struct sha256_ctx *hash, char text[static HASH_TEXT]);

#endif
