#include "report/plot.h"

#include <stdlib.h>

#include "trace/svg.h"
#include "trace/svg_write.h"

enum {
    LEFT = 64,
    RIGHT = 590,
    TOP = 78,
    BOTTOM = 366,
    HEIGHT = 424,
    KEY = 624
};

struct plot {
    const struct speedup *s;
    FILE *out;
    bool fits;
    double serial;
};

static double across(const struct plot *p, double workers)
{
    int n = p->s->n_workers;
    return n == 1 ? (LEFT + RIGHT) / 2.0
                  : LEFT + 24 + (workers - 1) / (n - 1) * (RIGHT - LEFT - 48);
}

static double up(const struct plot *p, double speedup)
{
    double most = p->s->n_workers + 0.3;
    return BOTTOM - speedup / most * (BOTTOM - TOP);
}

static int step(int n)
{
    return n <= 8 ? 1 : n <= 16 ? 2 : 4;
}

static void draw_axes(const struct plot *p)
{
    int n = p->s->n_workers;
    char number[16];
    for (int i = 1; i <= n; i++) {
        snprintf(number, sizeof number, "%d", i);
        if (i == 1 || i % step(n) == 0)
            svg_put(p->out,
                    "<path class='tick' d='M%d %nH%d'/>"
                    "<text class='s d e' x='%d' y='%n'>%s</text>\n",
                    LEFT, up(p, i), RIGHT, LEFT - 8, up(p, i) + 4, number);
        svg_put(p->out,
                "<path class='axis' d='M%n %dv5'/>"
                "<text class='s d' x='%n' y='%d'>%s</text>\n",
                across(p, i), BOTTOM, across(p, i) - (i < 10 ? 4 : 8),
                BOTTOM + 20, number);
    }
    svg_put(p->out, "<path class='axis' d='M%d %dV%dH%d'/>\n", LEFT, TOP - 8,
            BOTTOM, RIGHT);
    svg_put(p->out, "<text class='s' x='%d' y='%d'>workers</text>\n",
            (LEFT + RIGHT) / 2 - 24, BOTTOM + 44);
    svg_put(p->out, "<text class='s' x='%d' y='%d'>speed-up</text>\n", 16,
            TOP - 16);
}

static void draw_cpus(const struct plot *p)
{
    int cpus = p->s->cpus;
    if (cpus > p->s->n_workers)
        return;
    svg_put(p->out,
            "<path class='axis' stroke-dasharray='1 4' d='M%n %dV%d'/>"
            "<text class='s d' x='%n' y='%d'>%d CPU%r</text>\n",
            across(p, cpus), TOP - 8, BOTTOM, across(p, cpus) + 6, BOTTOM - 8,
            cpus, cpus == 1 ? "" : "s");
}

static void draw_ideal(const struct plot *p)
{
    int n = p->s->n_workers;
    svg_put(p->out, "<path class='axis dots' d='M%n %nL%n %n'/>\n",
            across(p, 1), up(p, 1), across(p, n), up(p, n));
}

static void draw_fit(const struct plot *p)
{
    if (!p->fits)
        return;
    svg_put(p->out, "<path class='sig' stroke-dasharray='8 4' d='");
    for (int i = 0; i <= 40; i++) {
        double workers = 1 + (p->s->n_workers - 1) * i / 40.0;
        double gain = 1 / (p->serial + (1 - p->serial) / workers);
        svg_put(p->out, "%r%n %n", i == 0 ? "M" : "L", across(p, workers),
                up(p, gain));
    }
    svg_put(p->out, "'/>\n");
}

static void draw_square(const struct plot *p, double x, double y)
{
    svg_put(p->out,
            "<rect class='sleep' x='%n' y='%n' width='9' height='9'/>\n",
            x - 4.5, y - 4.5);
}

static void draw_dot(const struct plot *p, double x, double y)
{
    svg_put(p->out, "<circle class='ink' cx='%n' cy='%n' r='4.5'/>\n", x, y);
}

static void draw_spread(const struct plot *p, double x, double low, double high)
{
    svg_put(p->out, "<path class='line' d='M%n %nV%nM%n %nh8M%n %nh8'/>\n", x,
            low, high, x - 4, low, x - 4, high);
}

static void draw_points(const struct plot *p)
{
    double first = speedup_spread(p->s, 1).median;
    for (int i = 1; i <= p->s->n_workers; i++) {
        struct speedup_spread spread = speedup_spread(p->s, i);
        double x = across(p, i);
        draw_square(p, x, up(p, speedup_slept(p->s, i)));
        draw_spread(p, x, up(p, first / spread.high),
                    up(p, first / spread.low));
        draw_dot(p, x, up(p, first / spread.median));
    }
}

static void draw_key(const struct plot *p)
{
    char serial[64];
    int y = TOP + 20;
    draw_spread(p, KEY + 12, y - 14, y + 6);
    draw_dot(p, KEY + 12, y - 4);
    svg_put(p->out,
            "<text x='%d' y='%d'>measured, real time: median,</text>"
            "<text x='%d' y='%d'>slowest and quickest run</text>\n",
            KEY + 32, y, KEY + 32, y + 18);
    draw_square(p, KEY + 12, y + 50);
    svg_put(p->out,
            "<text x='%d' y='%d'>rows that sleep, virtual time</text>\n",
            KEY + 32, y + 54);
    svg_put(p->out,
            "<path class='axis dots' d='M%d %dh24'/>"
            "<text x='%d' y='%d'>as many times as workers</text>\n",
            KEY, y + 82, KEY + 32, y + 86);
    if (!p->fits)
        return;
    snprintf(serial, sizeof serial, "%.0f %% is not shared", p->serial * 100);
    svg_put(p->out,
            "<path class='sig' stroke-dasharray='8 4' d='M%d %dh24'/>"
            "<text x='%d' y='%d'>Amdahl's law, fitted:</text>"
            "<text x='%d' y='%d'>%s</text>\n",
            KEY, y + 114, KEY + 32, y + 118, KEY + 32, y + 136, serial);
}

static void describe(const struct plot *p)
{
    char line[160];
    for (int i = 1; i <= p->s->n_workers; i++) {
        snprintf(line, sizeof line,
                 "%d workers: %.2f in real time, %.2f asleep.\n", i,
                 speedup_of(p->s, i), speedup_slept(p->s, i));
        svg_put(p->out, "%r", line);
    }
}

char *plot_speedup(const struct speedup *speedup)
{
    static const char title[] = "How much faster several workers are";
    char *text = NULL;
    size_t size;
    double first;
    struct plot p = {.s = speedup, .out = open_memstream(&text, &size)};
    if (!p.out)
        return NULL;
    p.fits = speedup_fit(speedup, &p.serial, &first) == 0;
    svg_begin(p.out, HEIGHT, title);
    describe(&p);
    svg_described(p.out, HEIGHT);
    svg_put(p.out, "<text class='h' x='16' y='28'>%s</text>\n", title);
    draw_axes(&p);
    draw_cpus(&p);
    draw_ideal(&p);
    draw_fit(&p);
    draw_points(&p);
    draw_key(&p);
    svg_end(p.out);
    return fclose(p.out) == 0 ? text : NULL;
}
