/* The subject of the soak: executes a script, one statement a line.
 *
 *     time 20 40 3        a unit is 20 ms, a cycle 40 units; after 3 cycles
 *                         whoever is left is killed
 *     @5 fork a {         at the 5th unit of a cycle; the child is called a
 *     @9 exit 3
 *     }
 *     wait a
 *
 * "@N" waits until the number of units since the start is N modulo the cycle.
 * Where every N in a script is another, no two processes act at one instant,
 * and what comes out is determined, although each waits for whatever it likes.
 *
 * Each process prints what it sees, with its place in the tree and the time in
 * units; nothing that it prints depends on pids or on a unit's length. */
#include "interpret.h"

#include <stdarg.h>
#include <sys/prctl.h>

struct me me;
char *interpreter;

/* --- time and words ------------------------------------------------------------ */

long long now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

struct timespec spec(long long ns)
{
    if (ns < 0)
        ns = 0;
    return (struct timespec){ns / 1000000000, ns % 1000000000};
}

long long units(long long ns)
{
    return (ns + me.unit_ns / 2) / me.unit_ns;
}

long long next_ns(long long phase)
{
    long long cycle = me.cycle * me.unit_ns, now = now_ns();
    long long at = me.base_ns + phase * me.unit_ns;
    return at > now ? at : at + ((now - at) / cycle + 1) * cycle;
}

void tell(const char *format, ...)
{
    char line[256];
    va_list list;
    int before = errno, n;
    n = snprintf(line, sizeof line, "%s %lld ", me.label,
                 (now_ns() - me.base_ns) / me.unit_ns);
    va_start(list, format);
    n += vsnprintf(line + n, sizeof line - 1 - (size_t)n, format, list);
    va_end(list);
    line[n++] = '\n';
    if (write(STDOUT_FILENO, line, (size_t)n) != n)
        _exit(98);
    errno = before;
}

void tell_result(const char *what, long result)
{
    if (result == -1)
        tell("%s fails: %s", what, strerrorname_np(errno));
    else
        tell("%s gives %ld", what, result);
}

/* Sleeps on whatever comes; if it was kept from acting in time it waits for
 * the next cycle, as this instant may belong to somebody else. */
static void await_phase(long long phase)
{
    for (;;) {
        long long target = next_ns(phase);
        struct timespec t = spec(target);
        while (clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &t, NULL))
            ;
        if (now_ns() - target <= me.unit_ns / 2)
            return;
    }
}

/* A quarter of a unit after the instants at which anything else happens. */
void set_guard(void)
{
    timer_t timer;
    struct sigevent event = {.sigev_notify = SIGEV_SIGNAL,
                             .sigev_signo = SIGKILL};
    long long n = 4 * (me.limit * me.cycle + me.phase) + 1;
    struct itimerspec t = {.it_value = spec(me.base_ns + n * me.unit_ns / 4)};
    must(timer_create(CLOCK_MONOTONIC, &event, &timer), "timer_create");
    must(timer_settime(timer, TIMER_ABSTIME, &t, NULL), "timer_settime");
}

/* --- names ------------------------------------------------------------------------ */

int signal_by(const char *name)
{
    for (int sig = 1; sig < 32; sig++)
        if (strcmp(name, sigabbrev_np(sig)) == 0)
            return sig;
    return 0;
}

int slot_by(const char *name)
{
    return (name[0] - 'a') % SLOTS;
}

const char *who(long long pid)
{
    static char name[2];
    if (pid == getpid())
        return "self";
    if (pid == me.parent)
        return "parent";
    for (int i = 0; i < SLOTS; i++)
        if (me.pid[i] == pid) {
            name[0] = (char)('a' + i);
            return name;
        }
    return pid > 0 ? "other" : "none";
}

/* --- statements ------------------------------------------------------------------- */

bool is(const struct statement *s, const char *verb)
{
    return strcmp(s->verb, verb) == 0;
}

static const char *next_line(const char *text)
{
    const char *end = strchrnul(text, '\n');
    return *end ? end + 1 : end;
}

static bool opens_block(const char *line)
{
    const char *end = strchrnul(line, '\n');
    return end > line && end[-1] == '{';
}

/* From behind a block's first line to behind its "}". */
static const char *skip(const char *text)
{
    while (*text && *text != '}')
        text = opens_block(text) ? skip(next_line(text)) : next_line(text);
    return next_line(text);
}

static void read_statement(const char *line, struct statement *s)
{
    int skipped = 0;
    *s = (struct statement){.body = next_line(line)};
    if (sscanf(line, "@%lld %n", &s->phase, &skipped) < 1)
        s->phase = -1;
    sscanf(line + skipped, "%15s %15s %15s", s->verb, s->a, s->b);
}

void run(const char *text)
{
    struct statement s;
    while (*text && *text != '}') {
        read_statement(text, &s);
        if (s.phase >= 0)
            await_phase(s.phase);
        if (!about_processes(&s) && !about_signals(&s) &&
            !about_time_and_pipes(&s))
            errx(99, "no such statement: %s", s.verb);
        text = opens_block(text) ? skip(s.body) : s.body;
    }
}

/* --- the start -------------------------------------------------------------------- */

/* The script's first process leads a session; we wait for all that it leaves
 * behind. */
static int launch(const char *script)
{
    long long unit_ms;
    int status;
    if (sscanf(script, "time %lld %lld %lld", &unit_ms, &me.cycle,
               &me.limit) != 3)
        errx(99, "the script does not begin with its time");
    me.unit_ns = unit_ms * 1000000;
    me.base_ns = now_ns();
    snprintf(me.label, sizeof me.label, "0");
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    me.parent = getpid();
    pid_t pid = must(fork(), "fork");
    if (pid == 0) {
        setsid();
        set_guard();
        run(next_line(script));
        _exit(0);
    }
    snprintf(me.label, sizeof me.label, "-");
    must(waitpid(pid, &status, 0), "waitpid");
    tell("the first process: %s", how(status));
    do_reap();
    return 0;
}

int main(int argc, char **argv)
{
    interpreter = argv[0];
    if (argc == 2)
        return launch(argv[1]);
    if (argc != 3)
        errx(2, "usage: interpret SCRIPT");
    load(argv[2]);
    set_guard();
    run(argv[1]);
    return 0;
}
