#include "course/source.h"

#include <elfutils/libdw.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "course/cleanup.h"

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The file's name comes from the program, by `#line` it says what it likes:
 * only the expected one is ever shown. */
static bool is_own_file(const char *file, const char *binary)
{
    const char *name = last_part(binary), *source = last_part(file);
    size_t len = strlen(name);
    return strncmp(source, name, len) == 0 && strcmp(source + len, ".c") == 0;
}

static void look_up(Dwarf *dwarf, const char *binary, uint64_t pc, char *buffer,
                    size_t size)
{
    Dwarf_Die unit;
    int line = 0;
    if (!dwarf_addrdie(dwarf, pc, &unit))
        return;
    Dwarf_Line *found = dwarf_getsrc_die(&unit, pc);
    if (!found || dwarf_lineno(found, &line) != 0 || line <= 0)
        return;
    const char *file = dwarf_linesrc(found, NULL, NULL);
    if (file && is_own_file(file, binary))
        snprintf(buffer, size, "%s:%d", last_part(file), line);
}

const char *source_line(const char *binary, uint64_t pc, char *buffer,
                        size_t size)
{
    buffer[0] = '\0';
    if (!binary || pc == 0)
        return buffer;
    autoclose int fd = open(binary, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return buffer;
    Dwarf *dwarf = dwarf_begin(fd, DWARF_C_READ);
    if (!dwarf)
        return buffer;
    look_up(dwarf, binary, pc - 1, buffer, size);
    dwarf_end(dwarf);
    return buffer;
}
