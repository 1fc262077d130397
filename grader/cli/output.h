/**
 * @file
 * Files that are written completely or not at all.
 */
#ifndef PROCLAB_CLI_OUTPUT_H
#define PROCLAB_CLI_OUTPUT_H

#include <stddef.h>

/**
 * Writes a file: under another name first, which then takes the place of what
 * was there.  A link stays a link (its target is written); a pipe, a terminal
 * or another device is written to as it is.
 *
 * @param path "-" is standard output
 * @return 0 or -Exxx (-ENOSPC, -EDQUOT: the disk is full); what was there
 *         before is still there then
 */
int output_write(const char *path, const void *bytes, size_t len);

/** output_write() for a command: says what went wrong.
 * @return STATUS_OK or STATUS_FAILED */
int output_deliver(const char *path, const void *bytes, size_t len);

/** Whether all that went to standard output got there; says so if not.
 * @return STATUS_OK or STATUS_FAILED */
int output_flush(void);

#endif
