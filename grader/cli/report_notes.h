/**
 * @file
 * What a report takes from notes/ besides texts, and from around it.
 */
#ifndef PROCLAB_CLI_REPORT_NOTES_H
#define PROCLAB_CLI_REPORT_NOTES_H

#include "report/commit.h"
#include "report/document.h"

struct notes {
    struct student student;
    bool measured;
    struct speedup speedup;
    char speedup_problem[160];  /**< where nothing was measured: why */
    char commit[COMMIT_TEXT];   /**< "": none */
    char compiler[40];          /**< "": not known */
    char today[24];             /**< of SOURCE_DATE_EPOCH, or "" */
};

/**
 * Says what is wrong with student.yaml.
 * @param[out] out to be freed with notes_free(); set on success only
 * @return STATUS_OK, also where nothing is there; STATUS_USAGE; STATUS_FAILED
 */
int notes_read(const char *dir, struct notes *out);
void notes_free(struct notes *notes);

/** The report's date: the student's, else SOURCE_DATE_EPOCH's, or NULL. */
const char *notes_date(const struct notes *notes);

#endif
