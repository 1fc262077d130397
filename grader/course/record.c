#include "course/record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "course/tell.h"

enum { LINE_BYTES = 400 };

static int64_t ms(int64_t ns)
{
    return ns < 0 ? -1 : ns / 1000000;
}

static int record_lines(const struct run *run, struct run_result *out)
{
    struct trace_lines lines;
    struct text label;
    int rc = trace_lines_of(run->trace, 0, TRACE_NOBODY, &lines);
    if (rc < 0)
        return rc;
    size_t n = lines.n < RECORD_LINES ? lines.n : RECORD_LINES;
    out->left_out = lines.n - n;
    out->lines = calloc(n ? n : 1, sizeof *out->lines);
    for (size_t i = 0; out->lines && i < n && rc == 0; i++) {
        struct transcript_line *to = &out->lines[out->n_lines++];
        const struct trace_line *from = &lines.line[i];
        to->t_ms = ms(from->at_ns);
        to->process = strdup(tell_who(&label, run, from->proc));
        to->text = result_utf8(from->text, from->len, LINE_BYTES);
        rc = to->process && to->text ? 0 : -ENOMEM;
    }
    trace_lines_free(&lines);
    return out->lines ? rc : -ENOMEM;
}

static int record_process(const struct run *run, int proc,
                          struct process_result *to)
{
    struct text place;
    struct trace_end end = trace_end_of(run->trace, proc);
    const char *name = trace_name_at_exit(run->trace, proc);
    trace_place(run->trace, proc, place.s, sizeof place.s);
    to->place = strdup(place.s);
    to->name = result_utf8(name, strlen(name), 64);
    to->born_ms = ms(trace_born_at(run->trace, proc));
    to->ended_ms = ms(end.at_ns);
    to->code = end.code;
    to->signal = end.signal;
    return to->place && to->name ? 0 : -ENOMEM;
}

static int record_processes(const struct run *run, struct run_result *out)
{
    int n = trace_processes(run->trace), rc = 0;
    if (n > RECORD_PROCESSES)
        n = RECORD_PROCESSES;
    out->processes = calloc(n ? (size_t)n : 1, sizeof *out->processes);
    if (!out->processes)
        return -ENOMEM;
    for (int proc = 0; proc < n && rc == 0; proc++)
        rc = record_process(run, proc, &out->processes[out->n_processes++]);
    return rc;
}

int record_run(const struct run *run, struct run_result *out)
{
    struct run_result made = {
        .scenario = run->scenario->name,
        .schedule = strdup(run->schedule),
        .outcome = trace_outcome_name(run->trace->outcome),
        .virtual_ms = ms(run->trace->end_ns),
    };
    int rc = made.schedule ? record_lines(run, &made) : -ENOMEM;
    if (rc == 0)
        rc = record_processes(run, &made);
    if (rc < 0)
        run_result_clear(&made);
    else
        *out = made;
    return rc;
}
