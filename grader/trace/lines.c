#include "trace/query.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* A stream's line whose newline has not come yet. */
struct tail {
    struct trace_line line; /* its text is NULL until the line is done */
    char *bytes;
    size_t room;
    bool open;
};

struct splitter {
    const struct trace *trace;
    struct tail tail[2]; /* of stdout and stderr */
    struct trace_lines done;
    size_t room;
};

static int append(struct tail *tail, const char *bytes, size_t n)
{
    size_t need = tail->line.len + n + 1;
    if (need > tail->room) {
        size_t room = need < 64 ? 64 : 2 * need;
        char *more = realloc(tail->bytes, room);
        if (!more)
            return -ENOMEM;
        tail->bytes = more;
        tail->room = room;
    }
    memcpy(tail->bytes + tail->line.len, bytes, n);
    tail->line.len += n;
    return 0;
}

static int finish(struct splitter *s, struct tail *tail, bool ended)
{
    if (s->done.n == s->room) {
        size_t room = s->room ? 2 * s->room : 16;
        struct trace_line *more =
            reallocarray(s->done.line, room, sizeof *more);
        if (!more)
            return -ENOMEM;
        s->done.line = more;
        s->room = room;
    }
    char *text = malloc(tail->line.len + 1);
    if (!text)
        return -ENOMEM;
    if (tail->line.len > 0)
        memcpy(text, tail->bytes, tail->line.len);
    text[tail->line.len] = '\0';
    tail->line.text = text;
    tail->line.ended = ended;
    tail->open = false;

    /* An unfinished line of one stream stands where its last byte came. */
    size_t at = s->done.n++;
    for (; at > 0 && s->done.line[at - 1].event > tail->line.event; at--)
        s->done.line[at] = s->done.line[at - 1];
    s->done.line[at] = tail->line;
    return 0;
}

static void touch(struct tail *tail, const struct trace_event *e, size_t event)
{
    if (!tail->open)
        tail->line = (struct trace_line){
            .proc = e->proc,
            .stream = (int)e->a,
        };
    tail->open = true;
    tail->line.shared |= tail->line.proc != e->proc;
    tail->line.at_ns = e->t_ns;
    tail->line.event = event;
}

static int take(struct splitter *s, size_t event)
{
    const struct trace_event *e = &s->trace->events[event];
    struct tail *tail = &s->tail[e->a - 1];
    for (size_t from = 0; from < e->len;) {
        const char *newline = memchr(e->text + from, '\n', e->len - from);
        size_t n = newline ? (size_t)(newline - e->text) - from : e->len - from;
        touch(tail, e, event);
        if (append(tail, e->text + from, n) < 0)
            return -ENOMEM;
        if (newline && finish(s, tail, true) < 0)
            return -ENOMEM;
        from += n + (newline ? 1 : 0);
    }
    return 0;
}

static bool wanted(const struct trace_event *e, int stream, int proc)
{
    return e->kind == TRACE_WRITE && e->text && (e->a == 1 || e->a == 2) &&
           (stream == 0 || e->a == stream) &&
           (proc == TRACE_NOBODY || e->proc == proc);
}

static int split(struct splitter *s, int stream, int proc)
{
    for (size_t i = 0; i < s->trace->n_events; i++)
        if (wanted(&s->trace->events[i], stream, proc) && take(s, i) < 0)
            return -ENOMEM;
    for (int i = 0; i < 2; i++)
        if (s->tail[i].open && finish(s, &s->tail[i], false) < 0)
            return -ENOMEM;
    return 0;
}

int trace_lines_of(const struct trace *trace, int stream, int proc,
                   struct trace_lines *out)
{
    struct splitter s = {.trace = trace};
    int rc = split(&s, stream, proc);
    free(s.tail[0].bytes);
    free(s.tail[1].bytes);
    if (rc < 0)
        trace_lines_free(&s.done);
    else
        *out = s.done;
    return rc;
}

void trace_lines_free(struct trace_lines *lines)
{
    for (size_t i = 0; i < lines->n; i++)
        free((char *)lines->line[i].text);
    free(lines->line);
    *lines = (struct trace_lines){0};
}
