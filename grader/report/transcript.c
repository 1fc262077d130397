#include "report/transcript.h"

#include <stdlib.h>
#include <string.h>

#include "report/clean.h"
#include "trace/query.h"
#include "trace/text.h"

/* A printed page of A4 has room for so many columns; a longer line is broken,
 * and one much longer cut. */
enum { COLUMNS = 90, WHO_MOST = 24, BYTES_MOST = 400 };

struct said {
    int64_t t_ms;
    const char *who, *text;
    size_t len;
    bool error; /* on standard error */
};

/* Where the lines come from. */
struct source {
    size_t n;
    size_t lost; /* lines behind the last one */
    struct said (*line)(const void *from, size_t i, char *who, size_t size);
    const void *from;
};

static bool is_shown(const struct source *s, size_t i)
{
    return s->n <= TRANSCRIPT_HEAD + TRANSCRIPT_TAIL || i < TRANSCRIPT_HEAD ||
           i >= s->n - TRANSCRIPT_TAIL;
}

/* Columns of the widest of those who are shown. */
static int who_width(const struct source *s)
{
    char who[128];
    int width = 0;
    for (size_t i = 0; i < s->n; i++) {
        if (!is_shown(s, i))
            continue;
        int columns = text_width(s->line(s->from, i, who, sizeof who).who);
        width = columns > width ? columns : width;
    }
    return width < WHO_MOST ? width : WHO_MOST;
}

static void put_line(FILE *out, const struct said *said, int width)
{
    char who[160];
    snprintf(who, sizeof who - 3, "%s", said->who);
    text_cut(who, width, true);
    int indent = 12 + width + 3;
    struct clean_style style = {
        .lines = true,
        .wrap = COLUMNS - indent,
    };
    size_t shown = said->len < BYTES_MOST ? said->len : BYTES_MOST;
    while (shown < said->len && shown > 0 && (said->text[shown] & 0xc0) == 0x80)
        shown--; /* not within a character */
    char *text = clean_text(said->text, shown, &style);
    fprintf(out, "%9.3f s  %s%*s %c ", (double)said->t_ms / 1000, who,
            width - text_width(who), "", said->error ? '!' : ' ');
    for (const char *at = text ? text : ""; *at; at++) {
        fputc(*at, out);
        if (*at == '\n')
            fprintf(out, "%*s", indent, "");
    }
    if (shown < said->len)
        fprintf(out, " ... and %zu bytes more", said->len - shown);
    fputc('\n', out);
    free(text);
}

static void put_count(FILE *out, size_t n)
{
    fprintf(out, "            ... %zu line%s left out ...\n", n,
            n == 1 ? "" : "s");
}

static char *transcript(const struct source *s)
{
    char *text = NULL, who[128];
    size_t size;
    int width = who_width(s);
    FILE *out = open_memstream(&text, &size);
    for (size_t i = 0; out && i < s->n; i++) {
        if (is_shown(s, i)) {
            struct said said = s->line(s->from, i, who, sizeof who);
            put_line(out, &said, width);
        } else if (i == TRANSCRIPT_HEAD)
            put_count(out, s->n - TRANSCRIPT_HEAD - TRANSCRIPT_TAIL);
    }
    if (out && s->lost > 0)
        put_count(out, s->lost);
    return out && fclose(out) == 0 ? text : NULL;
}

/* --- of a trace ----------------------------------------------------------- */

struct lines_of {
    const struct trace *trace;
    struct trace_lines lines;
};

static struct said traced(const void *from, size_t i, char *who, size_t size)
{
    const struct lines_of *of = from;
    const struct trace_line *line = &of->lines.line[i];
    return (struct said){
        .t_ms = line->at_ns / 1000000,
        .who = line->proc < 0 ? ""
                              : trace_label(of->trace, line->proc, who, size),
        .text = line->text,
        .len = line->len,
        .error = line->stream == 2,
    };
}

char *transcript_of_trace(const struct trace *trace)
{
    struct lines_of of = {.trace = trace};
    if (trace_lines_of(trace, 0, TRACE_NOBODY, &of.lines) < 0)
        return NULL;
    const struct source source = {
        .n = of.lines.n,
        .line = traced,
        .from = &of,
    };
    char *text = transcript(&source);
    trace_lines_free(&of.lines);
    return text;
}

/* --- of a result ---------------------------------------------------------- */

static struct said recorded(const void *from, size_t i, char *who, size_t size)
{
    const struct run_result *run = from;
    const struct transcript_line *line = &run->lines[i];
    return (struct said){
        .t_ms = line->t_ms,
        .who = text_clean(line->process, who, size, true),
        .text = line->text,
        .len = strlen(line->text),
    };
}

char *transcript_of_run(const struct run_result *run)
{
    const struct source source = {
        .n = run->n_lines,
        .lost = run->left_out,
        .line = recorded,
        .from = run,
    };
    return transcript(&source);
}
