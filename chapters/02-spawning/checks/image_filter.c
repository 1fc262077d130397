/* 02-spawning/image_filter: an image blurred in stripes over shared memory. */
#include <stdlib.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { PIXELS_MOST = 64, SIDE_MOST = 16, HEADER = 3 };

/* The scenario's image: what is in its file, or what has to come out. */
struct image {
    int width, height, most, pixel[PIXELS_MOST];
};

/* The next number of the file, past white space and comments. */
static int number(const char **at)
{
    *at += strspn(*at, " \t\r\n");
    while (**at == '#') {
        *at += strcspn(*at, "\n");
        *at += strspn(*at, " \t\r\n");
    }
    return (int)strtol(*at, (char **)(uintptr_t)at, 10);
}

static struct image original(const struct run *run)
{
    const char *at = run->files[0].text + strlen("P2");
    struct image image = {.width = number(&at)};
    image.height = number(&at);
    image.most = number(&at);
    for (int i = 0; i < image.width * image.height && i < PIXELS_MOST; i++)
        image.pixel[i] = number(&at);
    return image;
}

static int within(int i, int n)
{
    return i < 0 ? 0 : i < n ? i : n - 1;
}

/* The row between these two, each pixel the mean of three by three. */
static void mean_row(const int *above, const int *row, const int *below,
                     int width, int *to)
{
    for (int x = 0; x < width; x++) {
        int i = within(x - 1, width), k = within(x + 1, width);
        int sum = above[i] + above[x] + above[k] + row[i] + row[x] + row[k];
        to[x] = (sum + below[i] + below[x] + below[k]) / 9;
    }
}

static const int *row_of(const struct image *image, int y)
{
    return image->pixel + within(y, image->height) * image->width;
}

static struct image blurred(const struct image *from)
{
    struct image to = *from;
    for (int y = 0; y < from->height; y++)
        mean_row(row_of(from, y - 1), row_of(from, y), row_of(from, y + 1),
                 from->width, to.pixel + y * from->width);
    return to;
}

static const char *row_text(struct text *text, const int *row, int width)
{
    tell(text, "%s", "");
    for (int x = 0; x < width; x++)
        tell_more(text, "%s%d", x > 0 ? " " : "", row[x]);
    return text->s;
}

/* The nth line of the output, from 0. */
static const char *line_text(struct text *text, const struct image *image,
                             int n)
{
    return n == 0   ? tell(text, "P2")
           : n == 1 ? tell(text, "%d %d", image->width, image->height)
           : n == 2 ? tell(text, "%d", image->most)
                    : row_text(text, row_of(image, n - HEADER), image->width);
}

/* A row beside one: as it was read; the row itself; already filtered. */
enum neighbour { READ, SELF, DONE };

static const struct {
    enum neighbour above, below;
    const char *words;
} mistakes[] = {
    {SELF, READ, ", as if there were no row above it"},
    {READ, SELF, ", as if there were no row below it"},
    {SELF, SELF, ", as if there were no other row"},
    {DONE, READ, ", as if the row above it had been filtered before"},
    {READ, DONE, ", as if the row below it had been filtered before"},
    {DONE, DONE, ", as if the rows beside it had been filtered before"},
};

static bool is_row(const char *have, const int *row, int width)
{
    struct text text;
    return strcmp(have, row_text(&text, row, width)) == 0;
}

static const char *cause(const struct image *from, const struct image *to,
                         int y, const char *have)
{
    static const int zeros[SIDE_MOST];
    const int *own = row_of(from, y);
    const int *above[] = {row_of(from, y - 1), own, row_of(to, y - 1)};
    const int *below[] = {row_of(from, y + 1), own, row_of(to, y + 1)};
    int row[SIDE_MOST];
    if (is_row(have, zeros, from->width))
        return ", as if nobody had written there what main can see";
    if (is_row(have, own, from->width))
        return ", as in the file";
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) {
        mean_row(above[mistakes[i].above], own, below[mistakes[i].below],
                 from->width, row);
        if (is_row(have, row, from->width))
            return mistakes[i].words;
    }
    return "";
}

static int n_workers(const struct run *run)
{
    int height = original(run).height, workers = atoi(run->args[1]);
    return workers < height ? workers : height;
}

static void workers(const struct run *run)
{
    claim_children_of_main(run, n_workers(run));
    claim_no_grandchildren(run);
}

static const char *tell_file(struct text *text, const struct run *run)
{
    const struct file *file = &run->files[0];
    struct text quoted;
    return tell(text, "%s is %s", file->name,
                tell_quoted(&quoted, file->text, strlen(file->text)));
}

static _Noreturn void differs(const struct run *run, int n,
                              const struct trace_line *line)
{
    struct image from = original(run), to = blurred(&from);
    struct text expected, want, have, file, place = {"of the header"};
    if (n >= HEADER)
        tell(&place, "(row %d of %d)", n - HEADER + 1, from.height);
    tell(&expected, "Line %d %s is \"%s\"", n + 1, place.s,
         line_text(&want, &to, n));
    claim_failed(run, (long)line->event, expected.s, "It is %s%s; %s",
                 tell_quoted(&have, line->text, line->len),
                 n < HEADER ? "" : cause(&from, &to, n - HEADER, line->text),
                 tell_file(&file, run));
}

/* All that is on stdout, byte by byte. */
static void identical(const struct run *run)
{
    struct image from = original(run), to = blurred(&from);
    struct trace_lines lines = claim_lines(run, 1, TRACE_NOBODY);
    struct text want;
    size_t n = (size_t)(HEADER + from.height);
    if (lines.n == 0)
        claim_failed(run, -1, "The image is read, and the result written",
                     "Nothing was written to stdout; %s",
                     tell_file(&want, run));
    for (size_t i = 0; i < n && i < lines.n; i++) {
        const struct trace_line *line = &lines.line[i];
        if (strcmp(line->text, line_text(&want, &to, (int)i)) != 0 ||
            line->len != strlen(want.s))
            differs(run, (int)i, line);
        if (line->proc != CLAIM_MAIN || line->shared)
            claim_failed(run, (long)line->event, "Main alone writes the result",
                         "A worker wrote line %zu, or a part of it", i + 1);
    }
    claim_line_count(run, (int)n);
    if (lines.n > n || !lines.line[n - 1].ended)
        claim_failed(run, -1,
                     "The last row is the last line, and ends like the others",
                     "There are %zu lines%s", lines.n,
                     lines.n == n ? ", the last one without an end" : "");
    trace_lines_free(&lines);
    claim_exits(run, CLAIM_MAIN, 0);
}

/* How many rows a worker has slept for. */
static int rows_of(const struct run *run, int proc)
{
    struct text seen;
    struct trace_end end = trace_end_of(run->trace, proc);
    int64_t ns = end.at_ns - trace_born_at(run->trace, proc);
    long ms = (long)((ns + 1000) / 1000000);
    if (end.ended && ms % drawn_number(run, "ms") >= 20)
        claim_failed(run, exit_of(run, proc),
                     "A worker sleeps ROW_MS ms for each of its rows, and ends",
                     "This one ended after %s; ROW_MS is %ld",
                     tell_time(&seen, ns), drawn_number(run, "ms"));
    return end.ended ? (int)(ms / drawn_number(run, "ms")) : 0;
}

static void shares(const struct run *run)
{
    int procs[SIDE_MOST], n = n_workers(run), height = original(run).height;
    struct text expected;
    int all = 0;
    for (int i = 0; i < n; i++) {
        procs[i] = trace_child(run->trace, CLAIM_MAIN, i);
        int rows = rows_of(run, procs[i]);
        all += rows;
        tell(&expected, "Each of %d workers filters %d%s of %d rows", n,
             height / n, height % n ? " or one more" : "", height);
        if (rows < height / n || rows > (height + n - 1) / n)
            claim_failed(run, exit_of(run, procs[i]), expected.s,
                         "This one slept as for %d of them", rows);
    }
    if (all != height)
        claim_failed(run, -1, "Each row is filtered once",
                     "Together they slept as for %d rows of %d", all, height);
    claim_alive_together(run, procs, n);
    claim_makespan(run, (height + n - 1) / n * drawn_number(run, "ms"));
}

static void waits(const struct run *run)
{
    if (run->scenario->inject[0]) {
        claim_gives_up(run);
        claim_line_count(run, 0);
        return;
    }
    claim_main_reaps(run);
    claim_children_exit(run, 0);
    claim_silent_until_reaped(run, n_workers(run));
}

/* Names of scenarios begin with what is bad: arg_ or file_. */
static void refused(const struct run *run)
{
    claim_refused(run, run->scenario->name[0] == 'a' ? 2 : 1);
}

#define V(name) "{" name ":0-255}"
#define ROW(a, b) V(a) " " V(b) " 200\n"
#define THREE ROW("a", "b") ROW("c", "d") ROW("e", "f")
#define IMAGE(...) .files = {{"image.pgm", __VA_ARGS__}}
#define ARGS(workers) .args = {workers, "{ms:100-400}", "image.pgm"}
#define SMALL IMAGE("P2\n2 2\n255\n1 2\n3 4\n")

static const struct scenario scenarios[] = {
    {"even", "two workers, six rows", ARGS("2"),
     IMAGE("P2\n3 6\n255\n" THREE ROW("g", "h") ROW("i", "j") ROW("k", "l"))},
    {"uneven", "three workers, seven rows", ARGS("3"),
     IMAGE("P2\n3 7\n255\n" THREE ROW("g", "h") ROW("i", "j") ROW("k", "l")
               ROW("m", "n"))},
    {"five", "five workers, eight rows", ARGS("5"),
     IMAGE("P2\n2 8\n255\n{a:0-255} 9\n{b:0-255} 8\n{c:0-255} 7\n{d:0-255} 6\n"
           "{e:0-255} 50\n{f:0-255} 4\n{g:0-255} 3\n{h:0-255} 20\n")},
    {"alone", "one worker", ARGS("1"),
     IMAGE("P2\n3 4\n255\n" THREE ROW("g", "h"))},
    {"few_rows", "more workers than rows", ARGS("{n:4-9}"),
     IMAGE("P2\n3 3\n255\n" THREE)},
    {"pixel", "a single pixel", ARGS("{n:2-9}"),
     IMAGE("P2\n1 1\n255\n" V("a") "\n")},
    {"comments", "comments in the header", ARGS("2"),
     IMAGE("P2\n# 5 5 by {who:Ada,Brook,Casey}\n3 # wide\n#\n# "
           "9\n4\n255\n" THREE ROW("g", "h"))},
    {"blanks", "all white space, and rows that are not lines", ARGS("2"),
     IMAGE("P2  3\t4\n\n255 " V("a") "\n" V("b") "\r\n" V("c") "\t" V(
         "d") "  " V("e") "\n9 " V("f") " 7 00" V("g") " 1\n0 " V("h") " 5")},
    {"sixteen_bits", "pixels of 16 bits", ARGS("2"),
     IMAGE("P2\n2 4\n65535\n{a:60000-65535} {b:60000-65535}\n65535 "
           "65535\n{c:0-65535} {d:0-65535}\n65535 {e:256-65535}\n")},
    {"fork_fails", "the second of three workers cannot be started", ARGS("3"),
     IMAGE("P2\n3 4\n255\n" THREE ROW("g", "h")),
     .inject = {"fork:error=EAGAIN:when=2:process=main"}},
    {"arg_missing", "no file is named", .args = {"2", "{ms:100-400}"}},
    {"arg_nobody", "0 workers", ARGS("0"), SMALL},
    {"arg_tail", "something behind ROW_MS",
     .args = {"2", "{ms:100-400}ms", "image.pgm"}, SMALL},
    {"arg_crowd", "more than 100 workers", ARGS("{n:101-999}"), SMALL},
    {"arg_slow", "more than 1000 ms for a row",
     .args = {"2", "{ms:1001-9999}", "image.pgm"}, SMALL},
    {"file_none", "there is no such file", ARGS("2")},
    {"file_binary", "a binary image, P5", ARGS("2"),
     IMAGE("P5\n2 2\n255\nabcd")},
    {"file_short", "the last row is cut off", ARGS("2"),
     IMAGE("P2\n2 3\n255\n" V("a") " 2\n3 " V("b") "\n5\n")},
    {"file_bright", "a pixel brighter than there may be", ARGS("2"),
     IMAGE("P2\n2 2\n99\n1 2\n{a:100-255} 4\n")},
    {"file_deep", "a brightest value of more than 16 bits", ARGS("2"),
     IMAGE("P2\n2 1\n65536\n" V("a") " 2\n")},
    {"file_word", "a word instead of a pixel", ARGS("2"),
     IMAGE("P2\n2 2\n255\n1 {w:white,black,grey}\n3 4\n")},
    {"file_flat", "a height of 0", ARGS("2"), IMAGE("P2\n{a:2-9} 0\n255\n")},
    {.name = NULL},
};

#define GOOD "even uneven five alone few_rows pixel"

static const struct check checks[] = {
    {
        .id = "filter_workers",
        .points = 1,
        .title = "each stripe has a process of its own, a child of main",
        .judge = workers,
        .scenarios = GOOD,
        .why = "A stripe without a process is not done, a process without "
               "a stripe costs time for nothing.",
        .hint = "One fork() for each stripe; the child filters its rows and "
                "ends with _exit(). A worker without a row is not started.",
        .lesson = "stripes",
    },
    {
        .id = "filter_identical",
        .points = 2,
        .title = "the result is, byte by byte, what one process would make",
        .judge = identical,
        .scenarios = GOOD,
        .why = "Parallel or not, the result is the same: only then is it "
               "worth measuring how much faster it is.",
        .hint = "Workers read the original, all of it, and write their own "
                "rows into other memory: mmap() with MAP_SHARED | "
                "MAP_ANONYMOUS before the first fork(). Try WORKERS 1 first.",
        .lesson = "memory-that-is-shared",
        .depends = "filter_workers",
    },
    {
        .id = "filter_shares",
        .points = 1,
        .title = "the stripes are equal, and filtered at the same time",
        .judge = shares,
        .scenarios = GOOD,
        .why = "The slowest worker decides when all is done: with equal "
               "shares that is P times as fast, at best.",
        .hint = "Stripe i of n is from row i * height / n to (not with) row "
                "(i + 1) * height / n. Start all workers before you wait for "
                "the first one.",
        .lesson = "stripes",
        .clock = CLOCK_HONEST,
        .depends = "filter_workers",
    },
    {
        .id = "filter_waits",
        .points = 1,
        .title = "main writes nothing before it has reaped all workers",
        .judge = waits,
        .scenarios = GOOD " fork_fails",
        .why = "Nothing but a wait tells that the last pixel is written.",
        .hint = "As many successful waits as successful forks, and only then "
                "the header and the rows; if a worker is missing, no row.",
        .lesson = "when-the-result-is-there",
        .depends = "filter_workers",
    },
    {
        .id = "filter_reads",
        .points = 1,
        .title = "comments, any white space and 16 bits are read",
        .judge = identical,
        .scenarios = "comments blanks sixteen_bits",
        .why = "Files come from other programs, which use what the format "
               "allows.",
        .hint = "Read number by number: skip white space, and from # to the "
                "end of the line. A pixel may need 16 bits, a sum of nine "
                "more.",
        .lesson = "task-image_filter",
        .depends = "filter_workers filter_identical",
    },
    {
        .id = "filter_refused",
        .points = 1,
        .title = "bad arguments and bad files are refused before anything "
                 "starts",
        .judge = refused,
        .scenarios = "arg_missing arg_nobody arg_tail arg_crowd arg_slow "
                     "file_none file_binary file_short file_bright file_deep "
                     "file_word file_flat",
        .why = "A file can be cut off or hold anything. What it says of "
               "its size must not be believed before it is there.",
        .hint = "Arguments first (exit code 2), then the file (exit code 1), "
                "up to its last pixel; fork only when all is known to be good.",
        .lesson = "task-image_filter",
        .depends = "filter_workers",
    },
    {.id = NULL},
};

EXERCISE(image_filter) = {
    .id = "02-spawning/image_filter",
    .title = "An image blurred in stripes",
    .place = 3,
    .usage = "WORKERS ROW_MS FILE",
    .scenarios = scenarios,
    .checks = checks,
};
