/**
 * @file
 * Bytes from a program, made fit for people: a name may hold any byte, also
 * ones that would move a terminal's cursor or turn its text round.
 */
#ifndef PROCLAB_TRACE_TEXT_H
#define PROCLAB_TRACE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/**
 * Reads one character of UTF-8 (as RFC 3629 has it: no surrogates, no
 * overlong forms).
 * @param len bytes in text
 * @param[out] code the character; not set on failure
 * @return bytes it takes, 1 to 4, or 0: not valid, or len is 0
 */
size_t text_decode(const char *text, size_t len, uint32_t *code);

/** Whether these bytes are valid UTF-8; a NUL is a character like any. */
bool text_is_utf8(const char *text, size_t len);

/** Columns that a character takes on a terminal: 0 if it must not be shown
 * as it is (control, zero width, change of direction), else 1 or 2.  Does not
 * depend on the locale. */
int text_columns(uint32_t code);

/**
 * Copies a string for people, each byte or character that cannot be shown
 * replaced by '?', cut before a character that does not fit.
 * @param size of the buffer in bytes; nothing is written if 0
 * @param unicode false: also '?' for what is not ASCII
 * @return buffer
 */
char *text_clean(const char *text, char *buffer, size_t size, bool unicode);

/** Columns of a string that text_clean() made. */
int text_width(const char *text);

/** Cuts a clean text to some columns, with a mark that it was cut, for which
 * the buffer must have room: three bytes. */
void text_cut(char *text, int columns, bool unicode);

#endif
