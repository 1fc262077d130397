/**
 * @file
 * A run as a story: each event a sentence, with its virtual time, who it is
 * about, and the source line that it comes from.
 *
 *     0.000 s  main starts File1 (1.1) (downloads.c:31, in start_all)
 */
#ifndef PROCLAB_COURSE_STORY_H
#define PROCLAB_COURSE_STORY_H

#include "course/source.h"
#include "course/tell.h"
#include "result/page.h"

/** An event as a sentence without a full stop: "main sends SIGTERM to File2
 * (1.2)".  @return the text's string */
const char *story_sentence(struct text *text, const struct trace *trace,
                           size_t event);

/** Who is still there at the end of a run, what each waits for, and where: a
 * line each.  Nothing is written where no process is left.
 * @param binary the program's file, for source lines, or NULL
 * @return 0 or -ENOMEM */
int story_write_living(const struct page *page, const struct trace *trace,
                       const char *binary, enum source_files files);

/** The whole run, how it ended, and who was left.
 * @return 0, -ENOMEM, or -EIO where the page's file says so */
int story_write(const struct page *page, const struct trace *trace,
                const char *binary, enum source_files files);

#endif
