// fails: who_stat: "the name is shown as the kernel has it"
// why: the name is read from the first line of /proc/PID/status.  There the
//      kernel writes a newline in a name as "\n", two characters, so that a
//      line stays a line.
#include <err.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static char text[1 << 20];

static size_t read_proc(int pid, const char *file, size_t *n)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", pid, file);
    FILE *in = fopen(path, "r");
    if (!in)
        return 0;
    *n = fread(text, 1, sizeof text - 1, in);
    text[*n] = '\0';
    fclose(in);
    return 1;
}

static void print(const char *from, size_t n)
{
    for (size_t i = 0; i < n; i++)
        putchar(from[i] < ' ' || from[i] == 127 ? '?' : from[i]);
}

static int show(int pid)
{
    size_t n;
    char state;
    int parent;
    if (!read_proc(pid, "stat", &n)) {
        warnx("%d: no such process", pid);
        return 1;
    }
    char *open = strchr(text, '('), *close = strrchr(text, ')');
    sscanf(close + 1, " %c %d", &state, &parent);
    printf("%d: parent %d, state %c, name ", pid, parent, state);
    (void)open;
    read_proc(pid, "status", &n);
    print(text + strlen("Name:\t"), strcspn(text, "\n") - strlen("Name:\t"));
    printf(", command");
    if (!read_proc(pid, "cmdline", &n) || n == 0)
        printf(" none");
    for (size_t i = 0; i < n; i += strlen(text + i) + 1) {
        printf(" \"");
        print(text + i, strlen(text + i));
        printf("\"");
    }
    printf("\n");
    return 0;
}

static int pid_of(const char *word)
{
    char *end;
    unsigned long value = strtoul(word, &end, 10);
    if (*word < '0' || *word > '9' || *end || value < 1 || value > 4194304)
        errx(2, "%s: not a pid", word);
    return (int)value;
}

int main(int argc, char **argv)
{
    int status = 0;
    if (argc < 2)
        errx(2, "usage: who_is_it PID...");
    for (int i = 1; i < argc; i++)
        pid_of(argv[i]);
    for (int i = 1; i < argc; i++)
        status |= show(pid_of(argv[i]));
    return status;
}
