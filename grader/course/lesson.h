/**
 * @file
 * Sections of a lesson, found by the anchor that web pages of repositories
 * give a heading: lower case, blanks as "-", punctuation left out.
 */
#ifndef PROCLAB_COURSE_LESSON_H
#define PROCLAB_COURSE_LESSON_H

#include <stddef.h>

/**
 * Finds a section: from its heading to the next one of its rank or above.
 * Headings inside fenced code are none.
 * @param text the lesson, Markdown, len bytes
 * @param[out] section where it begins in text; set on success only
 * @param[out] section_len its bytes; set on success only
 * @return 0, or -ENOENT when no heading has this anchor
 */
int lesson_section(const char *text, size_t len, const char *anchor,
                   const char **section, size_t *section_len);

#endif
