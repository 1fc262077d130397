/* Tables of facts.  Numbers are pids as the program saw them: a student
 * compares them with what ps(1) shows. */

#include "trace/facts_table.h"

#include <limits.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trace/query.h"
#include "trace/text.h"

struct table {
    const struct trace *trace;
    size_t begin, end; /* events of one moment */
    bool unicode;
    int width; /* of the first column */
    FILE *out;
};

static const struct trace_facts *facts_at(const struct table *t, size_t event)
{
    const struct trace_event *e = &t->trace->events[event];
    return e->kind == TRACE_FACTS ? e->facts : NULL;
}

static void label_of(const struct table *t, size_t event, char *to,
                     size_t size)
{
    char label[320], place[256];
    int proc = t->trace->events[event].proc;
    const char *name = trace_name_at(t->trace, proc, event);
    trace_place(t->trace, proc, place, sizeof place);
    snprintf(label, sizeof label, "%s (%s)", name[0] ? name : "?", place);
    text_clean(label, to, size, t->unicode);
}

static void measure(struct table *t)
{
    char label[320];
    t->width = (int)strlen("process");
    for (size_t i = t->begin; i < t->end; i++) {
        if (!facts_at(t, i))
            continue;
        label_of(t, i, label, sizeof label);
        if (text_width(label) > t->width)
            t->width = text_width(label);
    }
}

static void print_pid(const struct table *t, int proc)
{
    if (proc < 0)
        fprintf(t->out, " %6s", "-");
    else
        fprintf(t->out, " %6d", trace_pid(t->trace, proc));
}

static const char *clean(const struct table *t, const char *path, char *to,
                         size_t size)
{
    return path ? text_clean(path, to, size, t->unicode) : "?";
}

static void print_signals(const struct table *t, const char *verb,
                          uint64_t mask)
{
    const char *before = "";
    if (mask == 0)
        return;
    fprintf(t->out, "      %s", verb);
    for (int sig = 1; sig <= 64; sig++) {
        const char *name = sigabbrev_np(sig);
        if (!(mask >> (sig - 1) & 1))
            continue;
        if (name)
            fprintf(t->out, "%s SIG%s", before, name);
        else
            fprintf(t->out, "%s signal %d", before, sig);
        before = ",";
    }
    fputc('\n', t->out);
}

static bool has_ordinal(const struct trace_descriptor *d)
{
    return d->object == TRACE_PIPE || d->object == TRACE_FIFO ||
           d->object == TRACE_SOCKET;
}

static const char *access_of(const struct trace_descriptor *d)
{
    static const char *const words[] = {"-", "r", "w", "rw"};
    return words[d->access & 3];
}

/* Who else has the same pipe or socket open, with what. */
static void print_sharers(const struct table *t, size_t event,
                          const struct trace_descriptor *d)
{
    char place[256];
    const char *before = "; also open: ";
    for (size_t i = t->begin; i < t->end; i++) {
        const struct trace_facts *facts = facts_at(t, i);
        for (size_t k = 0; facts && k < facts->n_descriptors; k++) {
            const struct trace_descriptor *other = &facts->descriptors[k];
            if (other->object != d->object || other->ordinal != d->ordinal ||
                (i == event && other->number == d->number))
                continue;
            fprintf(t->out, "%s%d%s in %s", before, other->number,
                    access_of(other),
                    trace_place(t->trace, t->trace->events[i].proc, place,
                                sizeof place));
            before = ", ";
        }
    }
}

static void print_object(const struct table *t,
                         const struct trace_descriptor *d)
{
    static const char *const streams[] = {
        "standard input of the run", "standard output of the run",
        "standard error of the run"};
    char path[PATH_MAX];
    switch (d->object) {
    case TRACE_TERMINAL:
        fprintf(t->out, "terminal %d", d->ordinal);
        break;
    case TRACE_PIPE:
        fprintf(t->out, "pipe %d", d->ordinal);
        break;
    case TRACE_SOCKET:
        fprintf(t->out, "socket %d", d->ordinal);
        break;
    case TRACE_STANDARD:
        fputs(streams[d->ordinal >= 0 && d->ordinal < 3 ? d->ordinal : 0],
              t->out);
        break;
    default:
        fputs(clean(t, d->path, path, sizeof path), t->out);
    }
}

static void print_descriptor(const struct table *t, size_t event,
                             const struct trace_descriptor *d)
{
    fprintf(t->out, "    %3d%-2s  ", d->number, access_of(d));
    print_object(t, d);
    if (d->close_on_exec)
        fputs("; close-on-exec", t->out);
    if (has_ordinal(d))
        print_sharers(t, event, d);
    fputc('\n', t->out);
}

static void print_command(const struct table *t, const char *command)
{
    char text[PATH_MAX];
    if (command && command[0])
        fprintf(t->out, "      command %s\n",
                clean(t, command, text, sizeof text));
}

static void print_process(const struct table *t, size_t event)
{
    const struct trace_facts *facts = facts_at(t, event);
    char label[320], path[PATH_MAX];
    label_of(t, event, label, sizeof label);
    fprintf(t->out, "  %s%*s", label, t->width - text_width(label), "");
    print_pid(t, t->trace->events[event].proc);
    print_pid(t, facts->parent);
    print_pid(t, facts->group);
    print_pid(t, facts->session);
    fprintf(t->out, "  %-4s %6d %4d   %03o  %s\n",
            facts->terminal ? "yes" : "none", facts->uid, facts->nice,
            (unsigned)facts->umask,
            clean(t, facts->cwd, path, sizeof path));
    print_command(t, facts->command);
    print_signals(t, "blocks", facts->blocked);
    print_signals(t, "ignores", facts->ignored);
    print_signals(t, "catches", facts->caught);
    for (size_t i = 0; i < facts->n_descriptors; i++)
        print_descriptor(t, event, &facts->descriptors[i]);
}

static void print_table(struct table *t)
{
    static const char *const when[] = {"", ", after exec", ", at the end"};
    const struct trace_event *first = &t->trace->events[t->begin];
    measure(t);
    fprintf(t->out, "At %.3f s%s\n", (double)first->t_ns / 1e9,
            when[first->a >= 0 && first->a < 3 ? first->a : 0]);
    fprintf(t->out, "  %-*s %6s %6s %6s %6s  %-4s %6s %4s %5s  %s\n", t->width,
            "process", "pid", "ppid", "pgid", "sid", "tty", "uid", "nice",
            "umask", "directory");
    for (size_t i = t->begin; i < t->end; i++)
        if (facts_at(t, i))
            print_process(t, i);
}

/* One look at all processes makes one table. */
static size_t end_of_moment(const struct trace *trace, size_t begin)
{
    const struct trace_event *first = &trace->events[begin];
    size_t i = begin + 1;
    while (first->a == TRACE_AT_STEP && i < trace->n_events &&
           trace->events[i].kind == TRACE_FACTS &&
           trace->events[i].a == TRACE_AT_STEP &&
           trace->events[i].t_ns == first->t_ns &&
           trace->events[i].proc > trace->events[i - 1].proc)
        i++;
    return i;
}

char *facts_table_draw(const struct trace *trace, bool unicode)
{
    char *text = NULL;
    size_t size;
    struct table t = {.trace = trace, .unicode = unicode};
    t.out = open_memstream(&text, &size);
    if (!t.out)
        return NULL;
    for (size_t i = 0; i < trace->n_events; i = t.end) {
        t.begin = i;
        t.end = i + 1;
        if (!facts_at(&t, i))
            continue;
        t.end = end_of_moment(trace, i);
        print_table(&t);
    }
    if (fclose(t.out) == 0)
        return text;
    free(text);
    return NULL;
}
