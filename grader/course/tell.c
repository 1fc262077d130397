#include "course/tell.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "course/claim.h"
#include "course/judge.h"
#include "course/source.h"
#include "trace/text.h"

enum { QUOTED_COLUMNS = 100, LOOKED_AT = 32 };

__attribute__((format(printf, 3, 0))) static void
append(struct text *text, size_t at, const char *format, va_list args)
{
    vsnprintf(text->s + at, sizeof text->s - at, format, args);
}

const char *tell(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    append(text, 0, format, args);
    va_end(args);
    return text->s;
}

const char *tell_more(struct text *text, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    append(text, strlen(text->s), format, args);
    va_end(args);
    return text->s;
}

const char *tell_who(struct text *text, const struct run *run, int proc)
{
    switch (proc) {
    case CLAIM_MAIN:
        return tell(text, "main");
    case TRACE_OUTSIDE:
        return tell(text, "a process outside the program");
    case TRACE_KERNEL:
        return tell(text, "the kernel");
    case TRACE_SCENARIO:
        return tell(text, "the grader");
    case TRACE_NOBODY:
        return tell(text, "nobody");
    default:
        trace_label(run->trace, proc, text->s, sizeof text->s);
        return text->s;
    }
}

const char *tell_time(struct text *text, int64_t ns)
{
    /* What is left of an interrupted sleep is told a nanosecond short. */
    int64_t ms = (ns + 1000) / 1000000;
    return tell(text, "%lld.%03lld s", (long long)(ms / 1000),
                (long long)(ms % 1000));
}

/* One character, or one byte that is none; returns the bytes it took. */
static size_t quote_one(struct text *text, const char *bytes, size_t len)
{
    uint32_t code = 0;
    size_t n = text_decode(bytes, len, &code);
    unsigned char c = (unsigned char)bytes[0];
    if (c == '\t')
        tell_more(text, "\\t");
    else if (c == '\n')
        tell_more(text, "\\n");
    else if (c == '\r')
        tell_more(text, "\\r");
    else if (c == '"' || c == '\\')
        tell_more(text, "\\%c", c);
    else if (n == 0 || c < 32 || c == 127)
        tell_more(text, "\\x%02x", c);
    else if (text_columns(code) == 0)
        tell_more(text, "\\u%04x", (unsigned)code);
    else
        tell_more(text, "%.*s", (int)n, bytes);
    return n ? n : 1;
}

const char *tell_quoted(struct text *text, const char *bytes, size_t len)
{
    tell(text, "\"");
    size_t at = 0;
    while (at < len && strlen(text->s) < QUOTED_COLUMNS)
        at += quote_one(text, bytes + at, len - at);
    return tell_more(text, at < len ? "...\"" : "\"");
}

const char *tell_signal(struct text *text, int signal)
{
    const char *name = sigabbrev_np(signal);
    return name ? tell(text, "SIG%s", name) : tell(text, "signal %d", signal);
}

const char *tell_end(struct text *text, const struct run *run, int proc)
{
    struct trace_end end = trace_end_of(run->trace, proc);
    struct text at, name;
    tell_time(&at, end.at_ns);
    if (!end.ended)
        return tell(text, "it never ended");
    if (end.signal)
        return tell(text, "it was killed by %s at %s",
                    tell_signal(&name, end.signal), at.s);
    return tell(text, "it ended with exit code %d at %s", end.code, at.s);
}

long tell_last_wait(const struct run *run, int proc)
{
    const struct trace *trace = run->trace;
    for (size_t i = trace->n_events; i-- > 0;) {
        const struct trace_event *e = &trace->events[i];
        if (e->proc != proc)
            continue;
        if (e->kind == TRACE_BLOCK)
            return (long)i;
        if (e->kind == TRACE_RESUME || e->kind == TRACE_BORN)
            return -1;
    }
    return -1;
}

static const char *wait_in_words(int64_t wait)
{
    static const char *const words[] = {
        [TRACE_WAIT_SLEEP] = "sleeps",
        [TRACE_WAIT_CHILD] = "waits for any of its children",
        [TRACE_WAIT_READ] = "waits for input",
        [TRACE_WAIT_WRITE] = "waits until it can write",
        [TRACE_WAIT_POLL] = "waits for something to happen",
        [TRACE_WAIT_SIGNAL] = "waits for a signal",
        [TRACE_WAIT_FUTEX] = "waits for",
        [TRACE_WAIT_IPC] = "waits for a semaphore or queue",
        [TRACE_WAIT_LOCK] = "waits for a file lock",
        [TRACE_WAIT_VFORK] = "waits for its child to exec or exit",
        [TRACE_WAIT_OTHER] = "waits",
    };
    return wait >= 0 && wait <= TRACE_WAIT_OTHER ? words[wait] : "waits";
}

/* The child that waitpid(PID) waits for, or TRACE_NOBODY. */
static int awaited(const struct run *run, const struct trace_event *e)
{
    int pid;
    if (e->a != TRACE_WAIT_CHILD || !e->text ||
        sscanf(e->text, "waitpid(%d)", &pid) != 1 || pid <= 0)
        return TRACE_NOBODY;
    return trace_by_pid(run->trace, pid, (size_t)(e - run->trace->events));
}

const char *tell_wait(struct text *text, const struct run *run,
                      const struct trace_event *e)
{
    struct text child;
    int len = (int)(e->len < 80 ? e->len : 80), proc = awaited(run, e);
    if (proc != TRACE_NOBODY)
        return tell(text, "waits for %s in waitpid()",
                    tell_who(&child, run, proc));
    tell(text, "%s", wait_in_words(e->a));
    if (e->text && len > 0) /* what a futex(2) is for is said, not its call */
        tell_more(text, "%s%.*s", e->a == TRACE_WAIT_FUTEX ? " " : " in ", len,
                  e->text);
    else if (e->a == TRACE_WAIT_FUTEX)
        tell_more(text, " a lock or semaphore");
    return text->s;
}

const char *tell_waiting(struct text *text, const struct run *run, int proc)
{
    long at = tell_last_wait(run, proc);
    if (at < 0)
        return tell(text, "runs");
    const struct trace_event *e = &run->trace->events[at];
    struct text since;
    tell_wait(text, run, e);
    return tell_more(text, " since %s", tell_time(&since, e->t_ns));
}

/* Who returns from main() is in libc when it ends: the last call before that is
 * the nearest place that is known. */
static void line_before(struct text *text, const struct run *run, size_t event)
{
    const struct trace_event *events = run->trace->events;
    uint64_t pcs[LOOKED_AT] = {0};
    struct place places[LOOKED_AT];
    size_t n = 0;
    for (size_t i = event; i-- > 0 && n < LOOKED_AT;)
        if (events[i].proc == events[event].proc && events[i].pc &&
            events[i].kind != TRACE_BORN && events[i].kind != TRACE_DELIVER)
            pcs[n++] = events[i].pc;
    source_places(run->binary, SOURCE_OWN, pcs, n, places);
    for (size_t i = 0; i < n && !text->s[0]; i++)
        if (places[i].line > 0)
            tell(text, "%s:%d", places[i].file, places[i].line);
}

const char *tell_line(struct text *text, const struct run *run, long event)
{
    text->s[0] = '\0';
    if (event < 0 || (size_t)event >= run->trace->n_events)
        return text->s;
    const struct trace_event *e = &run->trace->events[event];
    source_line(run->binary, e->pc, text->s, sizeof text->s);
    if (!text->s[0] && e->kind == TRACE_EXIT && e->b == 0)
        line_before(text, run, (size_t)event);
    return text->s;
}

/* A sentence that begins with a word of ours, not with a process's name, begins
 * with a capital letter. */
static const char *sentence(struct text *text, const char *words)
{
    static const char *const ours[] = {"it ",  "main ", "process ", "nobody ",
                                       "the ", "a ",    "every ",   "one "};
    tell(text, "%s", words);
    for (size_t i = 0; i < sizeof ours / sizeof *ours; i++)
        if (strncmp(words, ours[i], strlen(ours[i])) == 0 &&
            strncmp(words, "main (", 6) != 0)
            text->s[0] = (char)toupper((unsigned char)text->s[0]);
    return text->s;
}

/* What a stopped program did not do it might have done: the reader should know.
 */
static void add_stop(struct text *seen, const struct run *run,
                     const char *expected)
{
    enum trace_outcome outcome = run->trace->outcome;
    if (outcome == TRACE_ENDED || outcome == TRACE_LEFT_WAITING ||
        strcmp(expected, CLAIM_TO_END) == 0)
        return;
    tell_more(seen, "; then the run was stopped: %s",
              trace_outcome_name(outcome));
}

static _Noreturn void fail_at(const struct run *run, long event,
                              const char *expected, const char *seen)
{
    struct text first, second, where;
    tell_line(&where, run, event);
    judge_points_at(event);
    sentence(&second, seen);
    add_stop(&second, run, expected);
    judge_fail(sentence(&first, expected), second.s, where.s);
}

void claim_ends(const struct run *run, long event, const char *expected,
                const char *seen, ...)
{
    struct text words;
    va_list args;
    va_start(args, seen);
    append(&words, 0, seen, args);
    va_end(args);
    fail_at(run, event, expected, words.s);
}

void claim_failed(const struct run *run, long event, const char *expected,
                  const char *seen, ...)
{
    struct text words, who, at;
    va_list args;
    va_start(args, seen);
    append(&words, 0, seen, args);
    va_end(args);
    if (event >= 0 && (size_t)event < run->trace->n_events) {
        const struct trace_event *e = &run->trace->events[event];
        tell_more(&words, " (%s, at %s)", tell_who(&who, run, e->proc),
                  tell_time(&at, e->t_ns));
    }
    fail_at(run, event, expected, words.s);
}

long exit_of(const struct run *run, int proc)
{
    return proc < 0 ? -1 : trace_find(run->trace, TRACE_EXIT, proc, 0);
}

long reap_of(const struct run *run, int proc)
{
    for (size_t i = 0; i < run->trace->n_events; i++)
        if (run->trace->events[i].kind == TRACE_REAP &&
            run->trace->events[i].other == proc)
            return (long)i;
    return -1;
}

bool is_on_time(int64_t ns, long expected_ms)
{
    /* What is left of an interrupted sleep is told a nanosecond short. */
    int64_t ms = (ns + 1000) / 1000000;
    return ns >= 0 && ms >= expected_ms && ms < expected_ms + 20;
}
