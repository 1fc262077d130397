#include "course/story.h"

#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/cleanup.h"
#include "trace/timeline_parts.h"

enum { HANG = 13 };

/* Where each event comes from; NULL: no memory. */
static struct place *places_of(const struct trace *trace, const char *binary,
                               enum source_files files)
{
    size_t n = trace->n_events;
    struct place *places = calloc(n + 1, sizeof *places);
    uint64_t *pcs = calloc(n + 1, sizeof *pcs);
    for (size_t i = 0; i < n && pcs; i++)
        pcs[i] = trace->events[i].pc;
    if (places && pcs)
        source_places(binary, files, pcs, n, places);
    if (!pcs) {
        free(places);
        places = NULL;
    }
    free(pcs);
    return places;
}

static void add_place(struct text *text, const struct place *place)
{
    if (place->line == 0)
        return;
    tell_more(text, " (%s:%d", place->file, place->line);
    if (place->function[0] && strcmp(place->function, "main") != 0)
        tell_more(text, ", in %s()", place->function);
    tell_more(text, ")");
}

/* A sentence that begins with a word of ours, not with a process's name. */
static void capitalize(struct text *text)
{
    static const char *const ours[] = {"main ", "process ", "thread ", "the "};
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strncmp(text->s, ours[i], strlen(ours[i])) == 0)
            text->s[0] = (char)toupper((unsigned char)text->s[0]);
}

static enum page_colour colour_of(const struct trace_event *e)
{
    switch (e->kind) {
    case TRACE_BORN:
    case TRACE_REAP:
        return PAGE_GREEN;
    case TRACE_EXIT:
        return e->b ? PAGE_RED : PAGE_GREEN;
    case TRACE_SIGNAL:
    case TRACE_DELIVER:
    case TRACE_FAULT:
        return PAGE_YELLOW;
    case TRACE_RESUME:
    case TRACE_NAME:
        return PAGE_DIM;
    default:
        return PAGE_PLAIN;
    }
}

static void write_event(const struct page *page, const struct trace *trace,
                        size_t i, const struct place *place)
{
    struct text words, at, label;
    const struct trace_event *e = &trace->events[i];
    story_sentence(&words, trace, i);
    capitalize(&words);
    add_place(&words, place);
    tell_more(&words, ".");
    tell(&label, "%10s", tell_time(&at, e->t_ns));
    page_colour(page, colour_of(e));
    page_paragraph(page, 0, label.s, HANG, words.s);
    if (colour_of(e) != PAGE_PLAIN)
        page_colour(page, PAGE_PLAIN);
}

static void write_living(const struct page *page, const struct trace *trace,
                         const struct place *places)
{
    const struct run run = {.trace = trace};
    struct text who, words, line;
    for (int p = 0; p < trace_processes(trace); p++) {
        if (trace_end_of(trace, p).ended)
            continue;
        tell_waiting(&words, &run, p);
        long at = tell_last_wait(&run, p);
        if (at >= 0)
            add_place(&words, &places[at]);
        tell(&line, "%s %s.", tell_who(&who, &run, p), words.s);
        capitalize(&line);
        page_paragraph(page, 2, "", 2, line.s);
    }
}

int story_write_living(const struct page *page, const struct trace *trace,
                       const char *binary, enum source_files files)
{
    autofree struct place *places = places_of(trace, binary, files);
    if (!places)
        return -ENOMEM;
    write_living(page, trace, places);
    return 0;
}

int story_write(const struct page *page, const struct trace *trace,
                const char *binary, enum source_files files)
{
    autofree struct place *places = places_of(trace, binary, files);
    if (!places)
        return -ENOMEM;
    for (size_t i = 0; i < trace->n_events; i++)
        write_event(page, trace, i, &places[i]);
    page_paragraph(page, 0, "", 0, timeline_outcome(trace->outcome));
    write_living(page, trace, places);
    return fflush(page->out) == 0 && !ferror(page->out) ? 0 : -EIO;
}
