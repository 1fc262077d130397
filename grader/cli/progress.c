#include "cli/progress.h"

#include <stdio.h>
#include <time.h>

#include "cli/terminal.h"

enum { BAR_WIDTH = 30 };
static const int64_t PATIENCE_NS = 500000000;

static int64_t now_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000000 + now.tv_nsec;
}

struct progress progress_start(void)
{
    return (struct progress){
        .wanted = terminal_of(2).is_terminal,
        .show_from_ns = now_ns() + PATIENCE_NS,
        .percent = -1,
    };
}

static void draw(int percent)
{
    int filled = percent * BAR_WIDTH / 100;
    fprintf(stderr, "\rgrading [");
    for (int i = 0; i < BAR_WIDTH; i++)
        fputc(i < filled ? '#' : '.', stderr);
    fprintf(stderr, "] %d %%", percent);
    fflush(stderr);
}

void progress_update(void *context, int done, int total)
{
    struct progress *progress = context;
    if (!progress->wanted || total <= 0 || now_ns() < progress->show_from_ns)
        return;
    int percent = (int)((int64_t)done * 100 / total);
    if (percent == progress->percent)
        return;
    progress->percent = percent;
    progress->shown = true;
    draw(percent);
}

void progress_end(struct progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = false;
}
