#include "cli/screen.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/terminal.h"

/* xterm's names for them: smcup and rmcup, civis and cnorm. */
static const char enter[] = "\033[?1049h\033[?25l";
static const char leave[] = "\033[?25h\033[?1049l";
static const char wipe[] = "\033[H\033[2J";

struct screen screen_open(void)
{
    const char *term = getenv("TERM");
    struct screen screen = {
        .own = terminal_of(STDOUT_FILENO).is_terminal && term &&
               strcmp(term, "dumb") != 0,
    };
    if (screen.own)
        fputs(enter, stdout);
    fflush(stdout);
    return screen;
}

void screen_close(struct screen *screen)
{
    if (screen->own)
        fputs(leave, stdout);
    fflush(stdout);
    screen->own = false;
}

static int rows_of_screen(void)
{
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row < 4)
        return 24;
    return size.ws_row;
}

/* Columns of a line: colours take none, and a character of UTF-8 takes one. */
static int columns(const char *line, size_t len)
{
    int n = 0;
    for (size_t i = 0; i < len; i++) {
        if (line[i] == '\033')
            i += strcspn(line + i, "m");
        else
            n += (line[i] & 0xc0) != 0x80;
    }
    return n;
}

/* How many bytes fit into these rows. */
static size_t fitting(const char *bytes, size_t len, int rows, int width)
{
    size_t at = 0;
    while (at < len) {
        const char *end = memchr(bytes + at, '\n', len - at);
        size_t line = end ? (size_t)(end - bytes) - at + 1 : len - at;
        int n = columns(bytes + at, line - (end != NULL));
        rows -= n > width ? (n + width - 1) / width : 1;
        if (rows < 0)
            break;
        at += line;
    }
    return at;
}

static int count_lines(const char *bytes, size_t len)
{
    int n = 0;
    for (size_t i = 0; i < len; i++)
        n += bytes[i] == '\n';
    return n;
}

/* The last row is the status's, the one above tells what is left out. */
static void show_own(const char *bytes, size_t len, const char *status)
{
    int rows = rows_of_screen(), width = terminal_of(STDOUT_FILENO).width;
    size_t shown = fitting(bytes, len, rows - 1, width);
    if (shown < len)
        shown = fitting(bytes, len, rows - 2, width);
    fputs(wipe, stdout);
    fwrite(bytes, 1, shown, stdout);
    if (shown < len)
        printf("... and %d more lines\n",
               count_lines(bytes + shown, len - shown));
    if (status)
        fputs(status, stdout);
}

void screen_show(const struct screen *screen, const char *bytes, size_t len,
                 const char *status)
{
    if (screen->own)
        show_own(bytes, len, status);
    else
        fwrite(bytes, 1, len, stdout);
    fflush(stdout);
}
