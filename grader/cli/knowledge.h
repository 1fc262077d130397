/**
 * @file
 * What is known of the exercises that are watched, and a page that tells it.
 */
#ifndef PROCLAB_CLI_KNOWLEDGE_H
#define PROCLAB_CLI_KNOWLEDGE_H

#include "cli/submission.h"
#include "result/page.h"

/** Made by knowledge_open(). */
struct knowledge {
    const struct submission *submission;
    struct known *known; /**< owned; of each exercise */
    char *command;       /**< owned; to type for more */
    size_t shown;        /**< the exercise that is told in full */
    char *changes;       /**< owned; in words, or NULL */
};

/**
 * @param submission must outlive it
 * @param command becomes owned, also on failure
 * @return 0, or -ENOMEM
 */
int knowledge_open(struct knowledge *k, const struct submission *submission,
                   char *command);
void knowledge_close(struct knowledge *k);

/**
 * Takes the result of a grading of some exercises; what they were before it is
 * compared with.
 * @param bytes proclab-result/v1
 * @return 0 or -EINVAL
 */
int knowledge_take(struct knowledge *k, const char *bytes, size_t len);

/** There was no result: why not, in place of what changed.
 * @param text len bytes */
void knowledge_excuse(struct knowledge *k, const char *text, size_t len);

/** Writes what changed, the exercise saved last in full (at first the one that
 * comes next), and how far all are. */
void knowledge_write(const struct knowledge *k, const struct page *page);

#endif
