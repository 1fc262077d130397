#include "trace/svg_write.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>

#include "trace/query.h"
#include "trace/svg.h"
#include "trace/text.h"

/* A character in a file that is XML and to be read by people: what cannot be
 * shown is replaced, not dropped. */
static void put_character(FILE *out, uint32_t code, const char *bytes, size_t n)
{
    static const char replaced[] = "\xef\xbf\xbd"; /* U+FFFD */
    if (n > 0 && code < 0x20)
        fprintf(out, "\xe2\x90%c", (char)(0x80 + code)); /* U+2400 + code */
    else if (n > 0 && code == 0x7f)
        fputs("\xe2\x90\xa1", out);
    else if (n == 0 || text_columns(code) == 0)
        fputs(replaced, out);
    else if (strchr("&<>\"'", (int)code) && code < 0x80)
        fprintf(out, "&#%u;", (unsigned)code);
    else
        fwrite(bytes, 1, n, out);
}

static void put_escaped(FILE *out, const char *text)
{
    size_t len = strlen(text);
    for (size_t i = 0, n; i<len; i += n> 0 ? n : 1) {
        uint32_t code = 0;
        n = text_decode(text + i, len - i, &code);
        put_character(out, code, text + i, n);
    }
}

/* Not by printf: its decimal point is the locale's. */
static void put_length(FILE *out, double pixels)
{
    long tenths = lround(pixels * 10);
    const char *sign = tenths < 0 ? "-" : "";
    tenths = tenths < 0 ? -tenths : tenths;
    fprintf(out, "%s%ld", sign, tenths / 10);
    if (tenths % 10)
        fprintf(out, ".%ld", tenths % 10);
}

void svg_put(FILE *out, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    for (const char *f = format; *f; f++) {
        if (*f != '%')
            fputc(*f, out);
        else if (*++f == 's')
            put_escaped(out, va_arg(args, const char *));
        else if (*f == 'r')
            fputs(va_arg(args, const char *), out);
        else if (*f == 'd')
            fprintf(out, "%d", va_arg(args, int));
        else if (*f == 'n')
            put_length(out, va_arg(args, double));
        else
            fputc('%', out);
    }
    va_end(args);
}

/* Dark shades of the light colours' kind.  No variables: few programs besides
 * browsers know them. */
static const char style[] =
    "text{font:13px 'Noto Sans','DejaVu Sans',Verdana,sans-serif;fill:#1f2328}"
    ".h{font-size:16px;font-weight:600}.b{font-weight:600}"
    ".s{font-size:12px}.d{fill:#57606a}.e{text-anchor:end}"
    ".st{fill:#b42318}"
    ".o{paint-order:stroke;stroke:#fff;stroke-width:3px;"
    "stroke-linejoin:round}\n"
    ".paper{fill:#fff}.moment{fill:#e9edf1}"
    ".axis,.tick,.fork,.reap,.sig,.vain,.adopt,.line,.torn{fill:none;"
    "stroke:#57606a;stroke-width:1.3}"
    ".tick{stroke:#a5adb6;stroke-width:1}.torn{stroke:#fff;stroke-width:5}\n"
    ".run{fill:#2f6f3e}.sleep{fill:#d6e6f7;stroke:#2f66a3;stroke-width:1.2}"
    ".child,.wait,.stop{fill:none;stroke:#0f7285;stroke-width:3}"
    ".child{stroke-dasharray:0 6;stroke-linecap:round;stroke-width:3.6}"
    ".wait{stroke:#7a5195;stroke-dasharray:9 4;stroke-width:2.6}"
    ".stop{stroke:#9a6700;stroke-width:2}"
    ".zombie{fill:#fff;stroke:#6f4596;stroke-width:1}"
    ".hatch{fill:none;stroke:#6f4596;stroke-width:1.6}\n"
    ".ink{fill:#1f2328;stroke:none}.line{stroke:#1f2328;stroke-width:1.6}"
    ".hole{fill:#fff;stroke:#1f2328;stroke-width:1.5}"
    ".thick{stroke-width:2.4}"
    ".reap{stroke:#2f6f3e;stroke-dasharray:3 3}.reaph{fill:#2f6f3e}"
    ".forkh{fill:#57606a}.adopth{fill:#57606a}.adopt{stroke-dasharray:7 4}"
    ".sig,.vain{stroke:#b42318;stroke-width:1.8}.sigh{fill:#b42318}"
    ".vain{stroke-dasharray:2 3}"
    ".vainh{fill:#fff;stroke:#b42318;stroke-width:1.3}"
    ".dead,.focus{stroke:#b42318;stroke-width:2.6;fill:none}"
    ".focus{stroke-width:1.6;stroke-dasharray:5 3}"
    ".box{fill:#fff;stroke:#1f2328;stroke-width:1.4}"
    ".bad{stroke-width:3}.cut{stroke:#b42318;stroke-dasharray:6 3}"
    ".dots{stroke-dasharray:1.5 3.5;stroke-width:1.8}\n"
    "@media (prefers-color-scheme:dark){"
    "text{fill:#dde2e8}.d{fill:#9fa9b4}.st{fill:#ff9489}"
    ".paper,.zombie,.hole,.box,.vainh{fill:#15181c}.moment{fill:#262c33}"
    ".axis,.fork,.adopt{stroke:#9fa9b4}.tick{stroke:#5d6670}"
    ".torn,.o{stroke:#15181c}"
    ".forkh,.adopth{fill:#9fa9b4}"
    ".run,.reaph{fill:#6cc381}.reap{stroke:#6cc381}"
    ".sleep{fill:#22364d;stroke:#7fb0e8}.child{stroke:#5cc4d6}"
    ".wait{stroke:#c7a2e3}.stop{stroke:#e0b252}"
    ".zombie,.hatch{stroke:#bd98e0}"
    ".ink{fill:#dde2e8}.line,.hole,.box{stroke:#dde2e8}"
    ".sig,.vain,.vainh,.dead,.focus,.cut{stroke:#ff8378}.sigh{fill:#ff8378}}\n";

void svg_begin(FILE *out, int height, const char *title)
{
    svg_put(out,
            "<svg xmlns='http://www.w3.org/2000/svg' width='%d' height='%d' "
            "viewBox='0 0 %d %d' role='img' aria-labelledby='title desc'>\n"
            "<title id='title'>%s</title>\n<desc id='desc'>",
            SVG_WIDTH, height, SVG_WIDTH, height, title);
}

void svg_described(FILE *out, int height)
{
    svg_put(out,
            "</desc>\n<style>\n%r</style>\n"
            "<rect class='paper' width='%d' height='%d'/>\n",
            style, SVG_WIDTH, height);
}

void svg_end(FILE *out)
{
    fputs("</svg>\n", out);
}

/* Of a wide sans serif font, in hundredths of the size. */
static int advance(uint32_t code)
{
    if (code < 0x80 && strchr("iljI.,:;'|!()[] ", (int)code))
        return 40;
    if (code < 0x80 && strchr("mwMW@%", (int)code))
        return 97;
    if (code >= 'A' && code <= 'Z')
        return 72;
    return text_columns(code) == 2 ? 105 : 64;
}

double svg_text_width(const char *text, int size)
{
    size_t len = strlen(text);
    long sum = 0;
    for (size_t i = 0, n; i<len; i += n> 0 ? n : 1) {
        uint32_t code = 'M';
        n = text_decode(text + i, len - i, &code);
        sum += advance(code);
    }
    return (double)(sum * size) / 100;
}

void svg_text_cut(char *text, int size, double width)
{
    int columns = text_width(text);
    while (columns > 1 && svg_text_width(text, size) > width)
        text_cut(text, --columns, true);
}

void svg_place(const struct trace *trace, int proc, int text_size, double width,
               char *buffer, size_t size)
{
    char whole[256], *tail = whole;
    trace_place(trace, proc, whole, sizeof whole);
    snprintf(buffer, size, "%s", whole);
    while (svg_text_width(buffer, text_size) > width && strchr(tail, '.')) {
        tail = strchr(tail, '.') + 1;
        snprintf(buffer, size, "…%s", tail);
    }
}

void svg_hatched(FILE *out, double left, double top, double width,
                 double height)
{
    const double step = 7, right = left + width, bottom = top + height;
    svg_put(out,
            "<rect class='zombie' x='%n' y='%n' width='%n' height='%n'/>"
            "<path class='hatch' d='",
            left, top, width, height);
    /* Each would go from x at the bottom to x + height at the top. */
    for (double x = left + step / 2 - height; x < right; x += step) {
        double from = fmax(x, left), to = fmin(x + height, right);
        if (from < to)
            svg_put(out, "M%n %nL%n %n", from, bottom - (from - x), to,
                    bottom - (to - x));
    }
    svg_put(out, "'/>\n");
}

void svg_bar(FILE *out, enum glyph state, double from, double to, double y)
{
    static const char *const line[GLYPH_STATES] = {
        [GLYPH_AWAITS_CHILD] = "child",
        [GLYPH_WAITING] = "wait",
    };
    static const char *const box[GLYPH_STATES] = {
        [GLYPH_RUNNING] = "run",
        [GLYPH_SLEEPING] = "sleep",
    };
    double half = state == GLYPH_SLEEPING ? SVG_BAR / 2.0 : SVG_BAR;
    if (state == GLYPH_STOPPED)
        svg_put(out, "<path class='stop' d='M%n %nH%nM%n %nH%n'/>\n", from,
                y - 3.0, to, from, y + 3.0, to);
    else if (line[state])
        svg_put(out, "<path class='%r' d='M%n %nH%n'/>\n", line[state],
                state == GLYPH_AWAITS_CHILD && to > from + 4 ? from + 4 : from,
                y, to);
    else if (state == GLYPH_ZOMBIE)
        svg_hatched(out, from, y - half, to - from, 2 * half);
    else if (box[state])
        svg_put(out,
                "<rect class='%r' x='%n' y='%n' width='%n' height='%n'/>\n",
                box[state], from, y - half, to - from, 2 * half);
}

struct shape {
    const char *class, *path;
};

/* Drawn around the point where they belong. */
static const struct shape shapes[SVG_MARKS] = {
    [GLYPH_BORN] = {"line thick", "m0-9v18"},
    [GLYPH_EXITED] = {"line thick", "m0-9v18"},
    [GLYPH_KILLED] = {"dead", "m-6-6l12 12m0-12l-12 12"},
    [GLYPH_SIGNAL] = {"sigh", "m0 4l-5.5-9h11z"},
    [GLYPH_REAPS] = {"ink", "m0-6.5l6 6.5-6 6.5-6-6.5z"},
    [GLYPH_FAULT] = {"dead", "m-4-4l8 8m0-8l-8 8"},
    [GLYPH_STILL] = {"ink", "m-1-7l10 7-10 7z"},
    [SVG_EXEC] = {"hole", "m-4.5-4.5h9v9h-9z"},
    [SVG_EXEC_FAILED] = {"hole", "m-5-5h10v10h-10zl10 10m0-10l-10 10"},
    [SVG_SESSION] = {"hole", "m0-6.5l6.5 11h-13z"},
    [SVG_NAMED] = {"hole", "m-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z"},
    [SVG_WRITES] = {"line thick", "m0 8.5v5"},
};

void svg_mark(FILE *out, int mark, double x, double y)
{
    svg_put(out, "<path class='%r' d='M%n %n%r'/>\n", shapes[mark].class, x, y,
            shapes[mark].path);
}

void svg_arrow(FILE *out, enum svg_arrow kind, double x1, double y1, double x2,
               double y2)
{
    static const char *const classes[SVG_ARROWS] = {
        [SVG_FORK] = "fork", [SVG_REAP] = "reap",   [SVG_SIGNAL] = "sig",
        [SVG_VAIN] = "vain", [SVG_ADOPT] = "adopt",
    };
    double length = sqrt((x2 - x1) * (x2 - x1) + (y2 - y1) * (y2 - y1));
    if (length < 1)
        return;
    double ux = (x2 - x1) / length, uy = (y2 - y1) / length;
    double bx = x2 - 8 * ux, by = y2 - 8 * uy; /* the foot of the head */
    const char *class = classes[kind];
    svg_put(out, "<path class='%r' d='M%n %nL%n %n'/>", class, x1, y1, bx, by);
    svg_put(out, "<path class='%rh' d='M%n %nL%n %nL%n %nz'/>\n", class, x2, y2,
            bx - 4 * uy, by + 4 * ux, bx + 4 * uy, by - 4 * ux);
}
