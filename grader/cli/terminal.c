#include "cli/terminal.h"

#include <langinfo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { WIDTH_UNKNOWN = 80, WIDTH_LEAST = 40 };

static bool colour_is_welcome(void)
{
    const char *no_color = getenv("NO_COLOR");
    const char *term = getenv("TERM");
    return !(no_color && *no_color) && term && strcmp(term, "dumb") != 0;
}

static int width_of(int fd)
{
    struct winsize size;
    if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return WIDTH_UNKNOWN;
    return size.ws_col < WIDTH_LEAST ? WIDTH_LEAST : size.ws_col;
}

struct terminal terminal_of(int fd)
{
    bool is_terminal = fd >= 0 && isatty(fd);
    return (struct terminal){
        .is_terminal = is_terminal,
        .colour = is_terminal && colour_is_welcome(),
        .unicode = strcmp(nl_langinfo(CODESET), "UTF-8") == 0,
        .width = is_terminal ? width_of(fd) : WIDTH_UNKNOWN,
    };
}

struct page terminal_page(void)
{
    struct terminal terminal = terminal_of(STDOUT_FILENO);
    return (struct page){
        .out = stdout,
        .width = terminal.width,
        .colour = terminal.colour,
        .unicode = terminal.unicode,
    };
}
