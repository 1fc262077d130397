#include "cli/class_bar.h"

#include <err.h>
#include <stdio.h>
#include <time.h>

#include "cli/terminal.h"

enum { BAR_WIDTH = 24, TENTHS = 10 };

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct class_bar class_bar_start(void)
{
    struct terminal terminal = terminal_of(2);
    return (struct class_bar){
        .is_terminal = terminal.is_terminal,
        .width = terminal.width,
        .begun_ns = now_ns(),
    };
}

static void hide(struct class_bar *bar)
{
    if (bar->shown)
        fputs("\r\033[K", stderr);
    bar->shown = false;
}

/* "1 min 20 s". */
static int put_duration(char *text, size_t size, double seconds)
{
    long s = (long)(seconds + 0.5);
    if (s >= 3600)
        return snprintf(text, size, "%ld h %ld min", s / 3600, s / 60 % 60);
    if (s >= 60)
        return snprintf(text, size, "%ld min %ld s", s / 60, s % 60);
    return snprintf(text, size, "%ld s", s);
}

/* Rate and time left are those of what is graded now: what is taken from
 * before costs nothing. */
static void draw(struct class_bar *bar, const struct class_progress *p)
{
    char line[160], bars[BAR_WIDTH + 1], left[48] = "";
    double seconds = (double)(now_ns() - bar->begun_ns) / 1e9;
    size_t filled = p->total ? p->done * BAR_WIDTH / p->total : 0;
    for (size_t i = 0; i < BAR_WIDTH; i++)
        bars[i] = i < filled ? '#' : '.';
    bars[BAR_WIDTH] = '\0';
    int n =
        snprintf(line, sizeof line, "[%s] %zu of %zu", bars, p->done, p->total);
    if (p->fresh > 0 && seconds > 0) {
        double rate = (double)p->fresh / seconds;
        put_duration(left, sizeof left, (double)(p->total - p->done) / rate);
        snprintf(line + n, sizeof line - (size_t)n, ", %.1f/s, %s left", rate,
                 left);
    }
    fprintf(stderr, "\r\033[K%.*s", bar->width - 1, line);
    fflush(stderr);
    bar->shown = true;
}

/* Small classes are done before anyone would wonder. */
static void tell_tenths(struct class_bar *bar, const struct class_progress *p)
{
    size_t tenths = p->total ? p->done * TENTHS / p->total : 0;
    if (p->total < 2 * TENTHS || tenths == bar->tenths)
        return;
    bar->tenths = tenths;
    if (p->fresh > 0)
        warnx("%zu of %zu", p->done, p->total);
}

void class_bar_update(void *context, const struct class_progress *progress)
{
    struct class_bar *bar = context;
    const struct mark *mark = progress->mark;
    if (mark && mark->status != MARK_GRADED) {
        hide(bar);
        warnx("%s: %s", progress->file, mark->reason ? mark->reason : "?");
    }
    if (bar->is_terminal)
        draw(bar, progress);
    else
        tell_tenths(bar, progress);
}

void class_bar_end(struct class_bar *bar)
{
    hide(bar);
}
