#include "trace/svg_parts.h"

enum {
    COLUMNS = 4,
    COLUMN = (SVG_WIDTH - 2 * SVG_MARGIN) / COLUMNS,
    ROW = 24,
    SAMPLE = 30
};

static const char *const meanings[SVG_KEYS] = {
    [GLYPH_RUNNING] = "runs, or is ready to",
    [GLYPH_SLEEPING] = "sleeps",
    [GLYPH_AWAITS_CHILD] = "waits for a child",
    [GLYPH_WAITING] = "waits for something else",
    [GLYPH_STOPPED] = "stopped",
    [GLYPH_ZOMBIE] = "zombie: ended, not reaped",
    [GLYPH_SIGNAL] = "a handler runs",
    [GLYPH_REAPS] = "reaps a child",
    [GLYPH_FAULT] = "has a fault injected",
    [GLYPH_EXITED] = "ends",
    [GLYPH_KILLED] = "is killed",
    [GLYPH_STILL] = "still there",
    [SVG_EXEC] = "executes a program",
    [SVG_EXEC_FAILED] = "cannot execute a program",
    [SVG_SESSION] = "begins a session",
    [SVG_NAMED] = "gets a name",
    [SVG_WRITES] = "writes output",
    [SVG_MARKS + SVG_FORK] = "starts a child",
    [SVG_MARKS + SVG_REAP] = "is reaped",
    [SVG_MARKS + SVG_SIGNAL] = "a signal",
    [SVG_MARKS + SVG_VAIN] = "a signal without effect",
    [SVG_KEY_MOMENT] = "one moment, in its order",
    [SVG_KEY_CUT] = "a long wait, cut",
    [SVG_KEY_JUMP] = "all wait: the clock jumps",
};

static bool shown(const struct svg_chart *chart, int key)
{
    return chart->used[key] && meanings[key];
}

int svg_legend_rows(const struct svg_chart *chart)
{
    int n = 0;
    for (int key = 0; key < SVG_KEYS; key++)
        n += shown(chart, key);
    return (n + COLUMNS - 1) / COLUMNS;
}

void svg_draw_jump(FILE *out, double from, double to, double y)
{
    double x = (from + to) / 2 - 4;
    svg_put(out, "<path class='axis' d='M%n %nQ%n %n %n %n'/>", from + 1, y, x,
            y - 14, to - 5, y - 5);
    svg_put(out, "<path class='forkh' d='M%n %nl-8-3l5-5z'/>\n", to - 1, y - 1);
}

static void sample(FILE *out, int key, double x, double y)
{
    if (key < GLYPH_STATES)
        svg_bar(out, (enum glyph)key, x, x + SAMPLE, y);
    else if (key < SVG_MARKS)
        svg_mark(out, key, x + SAMPLE / 2.0, key == SVG_WRITES ? y - 11 : y);
    else if (key < SVG_KEY_MOMENT)
        svg_arrow(out, (enum svg_arrow)(key - SVG_MARKS), x, y, x + SAMPLE, y);
    else if (key == SVG_KEY_MOMENT)
        svg_put(out,
                "<rect class='moment' x='%n' y='%n' width='%d' height='18'/>\n",
                x, y - 9, SAMPLE);
    else if (key == SVG_KEY_JUMP)
        svg_draw_jump(out, x + 3, x + 25, y + 5);
    else
        svg_put(out,
                "<path class='axis' d='M%n %nh11m8 0h11m-21 6l4-12m4 12l4"
                "-12'/>\n",
                x, y);
}

void svg_draw_legend(const struct svg_chart *chart, double y)
{
    int n = 0;
    for (int key = 0; key < SVG_KEYS; key++) {
        if (!shown(chart, key))
            continue;
        double x = SVG_MARGIN + n % COLUMNS * COLUMN;
        double middle = y + n / COLUMNS * ROW + 10;
        sample(chart->out, key, x, middle);
        svg_put(chart->out, "<text class='s' x='%n' y='%n'>%r</text>\n",
                x + SAMPLE + 8, middle + 4, meanings[key]);
        n++;
    }
}
