/* Claims about what a process has open and where it is. */

#include <signal.h>
#include <string.h>

#include "course/claim.h"
#include "course/tell.h"

enum { LISTED = 5 };

/* What the last look found.  Does not return if there was none. */
static const struct trace_facts *facts_of(const struct run *run, int proc,
                                          const char *expected, long *event)
{
    struct text who, end;
    *event = trace_last_look(run->trace, proc);
    if (*event >= 0)
        return run->trace->events[*event].facts;
    claim_ends(run, exit_of(run, proc), expected,
               "When the processes were looked at, %s was not there: %s",
               tell_who(&who, run, proc), tell_end(&end, run, proc));
}

static const char *tell_look(struct text *text, const struct run *run,
                             long event)
{
    return tell_time(text, run->trace->events[event].t_ns);
}

void claim_left_session(const struct run *run, int proc)
{
    struct text expected, who, at;
    long event;
    tell(&expected, "%s has left the session in which the program was started",
         tell_who(&who, run, proc));
    if (facts_of(run, proc, expected.s, &event)->session != TRACE_OUTSIDE)
        return;
    claim_ends(run, event, expected.s, "It was still in it at %s",
               tell_look(&at, run, event));
}

void claim_session_leader(const struct run *run, int proc)
{
    struct text expected, who, leader, at;
    long event;
    tell(&expected, "%s is the leader of its session",
         tell_who(&who, run, proc));
    int session = facts_of(run, proc, expected.s, &event)->session;
    if (session == proc)
        return;
    claim_ends(run, event, expected.s, "At %s it was in the session of %s",
               tell_look(&at, run, event),
               session == TRACE_OUTSIDE ? "whoever started the program"
                                        : tell_who(&leader, run, session));
}

void claim_no_session_leader(const struct run *run, int proc)
{
    struct text expected, who, at;
    long event;
    tell(&expected, "%s is not the leader of its session",
         tell_who(&who, run, proc));
    if (facts_of(run, proc, expected.s, &event)->session != proc)
        return;
    claim_ends(run, event, expected.s,
               "It was at %s, so opening a terminal could make that its own",
               tell_look(&at, run, event));
}

void claim_no_terminal(const struct run *run, int proc)
{
    struct text expected, who, at;
    long event;
    tell(&expected, "%s has no controlling terminal",
         tell_who(&who, run, proc));
    if (!facts_of(run, proc, expected.s, &event)->terminal)
        return;
    claim_ends(run, event, expected.s, "It had one at %s",
               tell_look(&at, run, event));
}

void claim_directory(const struct run *run, int proc, const char *path)
{
    struct text expected, who, want, have, at;
    long event;
    tell(&expected, "The working directory of %s is %s",
         tell_who(&who, run, proc), tell_quoted(&want, path, strlen(path)));
    const char *cwd = facts_of(run, proc, expected.s, &event)->cwd;
    if (cwd && strcmp(cwd, path) == 0)
        return;
    claim_ends(run, event, expected.s, "At %s it was %s",
               tell_look(&at, run, event),
               cwd ? tell_quoted(&have, cwd, strlen(cwd)) : "not known");
}

void claim_umask(const struct run *run, int proc, int mask)
{
    struct text expected, who, at;
    long event;
    tell(&expected, "The umask of %s is %03o", tell_who(&who, run, proc),
         (unsigned)mask);
    int have = facts_of(run, proc, expected.s, &event)->umask;
    if (have != mask)
        claim_ends(run, event, expected.s, "At %s it was %03o",
                   tell_look(&at, run, event), (unsigned)have);
}

/* The look at this time; the exit of proc, or -1, if it was not there. */
static long look_at(const struct run *run, int proc, long ms)
{
    for (size_t i = 0; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->kind == TRACE_FACTS && e->proc == proc &&
            e->a == TRACE_AT_STEP && e->t_ns == (int64_t)ms * 1000000)
            return (long)i;
    }
    return exit_of(run, proc);
}

void claim_command_line(const struct run *run, int proc, long ms,
                        const char *text)
{
    struct text expected, who, want, have, at;
    long event = look_at(run, proc, ms);
    tell(&expected, "At %s ps -f shows %s as the command line of %s",
         tell_time(&at, (int64_t)ms * 1000000),
         tell_quoted(&want, text, strlen(text)), tell_who(&who, run, proc));
    const struct trace_facts *facts =
        event < 0 ? NULL : run->trace->events[event].facts;
    if (!facts)
        claim_ends(run, event, expected.s, "It was not there then: %s",
                   tell_end(&have, run, proc));
    if (!facts->command)
        claim_ends(run, event, expected.s, "It is not known");
    if (strcmp(facts->command, text) != 0)
        claim_ends(run, event, expected.s, "It shows %s",
                   tell_quoted(&have, facts->command, strlen(facts->command)));
}

/* "/dev/null", "a pipe", "the standard output that the program was given". */
static const char *tell_object(struct text *text,
                               const struct trace_descriptor *d)
{
    static const char *const streams[] = {"input", "output", "error"};
    switch (d->object) {
    case TRACE_TERMINAL:
        return tell(text, "a terminal");
    case TRACE_PIPE:
        return tell(text, "a pipe");
    case TRACE_SOCKET:
        return tell(text, "a socket");
    case TRACE_STANDARD:
        return tell(text, "the standard %s that the program was started with",
                    d->ordinal >= 0 && d->ordinal < 3 ? streams[d->ordinal]
                                                      : "stream");
    default:
        return d->path ? tell_quoted(text, d->path, strlen(d->path))
                       : tell(text, "a file");
    }
}

static const char *tell_descriptor(struct text *text,
                                   const struct trace_facts *facts, int number)
{
    const struct trace_descriptor *d = trace_descriptor(facts, number);
    struct text object;
    if (!d)
        return tell(text, "descriptor %d was closed", number);
    return tell(text, "descriptor %d was %s%s", number,
                tell_object(&object, d),
                d->object != TRACE_NULL_DEVICE ? ""
                : number == 0                  ? ", not open for reading"
                                               : ", not open for writing");
}

static bool is_null(const struct trace_facts *facts, int number)
{
    const struct trace_descriptor *d = trace_descriptor(facts, number);
    int need = number == 0 ? TRACE_READS : TRACE_WRITES;
    return d && d->object == TRACE_NULL_DEVICE && (d->access & need);
}

void claim_null_streams(const struct run *run, int proc)
{
    struct text expected, who, seen, one, at;
    long event;
    int n = 0;
    tell(&expected, "Descriptors 0, 1 and 2 of %s are /dev/null",
         tell_who(&who, run, proc));
    const struct trace_facts *facts = facts_of(run, proc, expected.s, &event);
    tell(&seen, "%s", "");
    for (int i = 0; i < 3; i++)
        if (!is_null(facts, i))
            tell_more(&seen, "%s%s", n++ ? ", " : "",
                      tell_descriptor(&one, facts, i));
    if (n > 0)
        claim_ends(run, event, expected.s, "At %s %s",
                   tell_look(&at, run, event), seen.s);
}

/* Whether the descriptor's file is this one. */
static bool is_file(const struct trace_descriptor *d, const char *file)
{
    const char *slash = d->path ? strrchr(d->path, '/') : NULL;
    if (!d->path)
        return false;
    return strcmp(d->path, file) == 0 ||
           (!strchr(file, '/') && slash && strcmp(slash + 1, file) == 0);
}

static bool is_allowed(const struct trace_descriptor *d,
                       const char *const *files, int n)
{
    for (int i = 0; i < n; i++)
        if (is_file(d, files[i]))
            return true;
    return d->number <= 2;
}

static void expect_files(struct text *expected, const char *who,
                         const char *const *files, int n)
{
    tell(expected, "%s has only descriptors 0 to 2 open", who);
    for (int i = 0; i < n; i++)
        tell_more(expected, "%s %s", i == 0 ? ", and" : ",", files[i]);
}

void claim_descriptors(const struct run *run, int proc,
                       const char *const *files, int n)
{
    struct text expected, who, seen, object, at;
    long event;
    int more = 0;
    expect_files(&expected, tell_who(&who, run, proc), files, n);
    const struct trace_facts *facts = facts_of(run, proc, expected.s, &event);
    tell(&seen, "%s", "");
    for (size_t i = 0; i < facts->n_descriptors; i++) {
        const struct trace_descriptor *d = &facts->descriptors[i];
        if (is_allowed(d, files, n))
            continue;
        if (more++ < LISTED)
            tell_more(&seen, "%s%d is %s", more > 1 ? ", " : "", d->number,
                      tell_object(&object, d));
    }
    if (more > LISTED)
        tell_more(&seen, ", and there are %d more", more - LISTED);
    if (more > 0)
        claim_ends(run, event, expected.s, "At %s also open: %s",
                   tell_look(&at, run, event), seen.s);
}

/* Something that a daemon has to do before it is ready, or NULL. */
static const char *preparation(const struct trace_event *e)
{
    if (e->kind == TRACE_CALL)
        return strncmp(e->text, "unlink", 6) != 0 ? e->text : NULL;
    if (e->kind == TRACE_HANDLER)
        return e->a == SIGTERM ? "its handler for SIGTERM" : NULL;
    return e->kind == TRACE_SESSION ? "setsid()"
           : e->kind == TRACE_BORN  ? "fork()"
                                    : NULL;
}

void claim_ready(const struct run *run, int proc, long event,
                 const char *expected)
{
    struct text who;
    for (size_t i = (size_t)event + 1; i < run->trace->n_events; i++) {
        const struct trace_event *e = &run->trace->events[i];
        if (e->proc == proc && e->kind == TRACE_DELIVER)
            return;
        if (e->proc == proc && preparation(e))
            claim_failed(run, event, expected, "%s had still to do %s",
                         tell_who(&who, run, proc), preparation(e));
    }
}
