/* What a timeline says in words, in it and to who cannot see it. */

#include "trace/query.h"
#include "trace/svg_parts.h"

static void describe_lane(const struct svg_chart *chart, int proc)
{
    char place[256], end[120], from[48], to[48];
    struct trace_end how = trace_end_of(chart->trace, proc);
    int64_t born = trace_born_at(chart->trace, proc);
    svg_axis_time(chart->trace, born, from, sizeof from);
    svg_axis_time(chart->trace, how.at_ns, to, sizeof to);
    timeline_end(chart->trace, proc, false, end, sizeof end);
    svg_put(chart->out, "%s %s: from %s%r%s, %s.\n",
            trace_place(chart->trace, proc, place, sizeof place),
            trace_name_at_exit(chart->trace, proc), from,
            how.ended ? " to " : "", how.ended ? to : "", end);
}

void svg_describe(const struct svg_chart *chart)
{
    for (int i = 0; i < chart->n_lanes; i++)
        describe_lane(chart, chart->lanes[i].proc);
    svg_put(chart->out, "%r", timeline_outcome(chart->trace->outcome));
}

static void say(const struct svg_chart *chart, double *y, const char *class,
                const char *text)
{
    *y += 20;
    svg_put(chart->out, "<text class='%r' x='%d' y='%n'>%s</text>\n", class,
            SVG_MARGIN, *y, text);
}

static void count(const struct svg_chart *chart, double *y, long n,
                  const char *one, const char *many)
{
    char text[128];
    if (n <= 0)
        return;
    snprintf(text, sizeof text, "Not shown: %ld %s.", n, n == 1 ? one : many);
    say(chart, y, "d", text);
}

double svg_draw_sentences(const struct svg_chart *chart, double y)
{
    const struct trace *trace = chart->trace;
    say(chart, &y, "b", timeline_outcome(trace->outcome));
    if (!trace->honest_clock)
        say(chart, &y, "d",
            "The clock was let run while a process that could have run was "
            "kept waiting.");
    if (!trace->exact)
        say(chart, &y, "d", "Not exact: another run may differ.");
    count(chart, &y, chart->n_processes - chart->n_lanes, "process",
          "processes");
    count(chart, &y, chart->left_out, "mark that would lie on another one",
          "marks that would lie on others");
    return y;
}
