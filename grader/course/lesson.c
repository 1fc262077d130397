#include "course/lesson.h"

#include <ctype.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>

struct line {
    const char *text;
    size_t len;
};

static bool next_line(const char **at, const char *end, struct line *line)
{
    if (*at >= end)
        return false;
    const char *newline = memchr(*at, '\n', (size_t)(end - *at));
    const char *stop = newline ? newline : end;
    *line = (struct line){*at, (size_t)(stop - *at)};
    *at = newline ? newline + 1 : end;
    return true;
}

static bool is_fence(const struct line *line)
{
    return line->len >= 3 && (memcmp(line->text, "```", 3) == 0 ||
                              memcmp(line->text, "~~~", 3) == 0);
}

/* 1 to 6 for "# " to "###### ", else 0. */
static size_t heading_rank(const struct line *line)
{
    size_t rank = 0;
    while (rank < line->len && line->text[rank] == '#')
        rank++;
    bool blank = rank < line->len && line->text[rank] == ' ';
    return blank && rank <= 6 ? rank : 0;
}

/* Whether the heading's anchor is this one; bytes above ASCII are kept. */
static bool has_anchor(const struct line *line, size_t rank, const char *anchor)
{
    size_t i = rank, end = line->len;
    while (i < end && line->text[i] == ' ')
        i++;
    while (end > i && isspace((unsigned char)line->text[end - 1]))
        end--;
    for (; i < end; i++) {
        unsigned char c = (unsigned char)line->text[i];
        if (c == ' ')
            c = '-';
        if (c < 128 && !isalnum(c) && c != '-' && c != '_')
            continue;
        if (*anchor++ != (char)tolower(c))
            return false;
    }
    return *anchor == '\0';
}

/* Where the section ends that begins before `at`. */
static const char *section_end(const char *at, const char *end, size_t rank)
{
    struct line line;
    bool fenced = false;
    const char *start = at;
    while (next_line(&at, end, &line)) {
        fenced ^= is_fence(&line);
        size_t other = fenced ? 0 : heading_rank(&line);
        if (other > 0 && other <= rank)
            return start;
        start = at;
    }
    return end;
}

int lesson_section(const char *text, size_t len, const char *anchor,
                   const char **section, size_t *section_len)
{
    const char *at = text, *end = text + len;
    struct line line;
    bool fenced = false;
    while (next_line(&at, end, &line)) {
        fenced ^= is_fence(&line);
        size_t rank = fenced ? 0 : heading_rank(&line);
        if (rank == 0 || !has_anchor(&line, rank, anchor))
            continue;
        *section = line.text;
        *section_len = (size_t)(section_end(at, end, rank) - line.text);
        return 0;
    }
    return -ENOENT;
}
