/* Each kind of event in words: a row of the table at the end. */

#include <stdio.h>
#include <string.h>

#include "course/claim.h"
#include "course/story.h"

enum { SHOWN = 100 };

/* What a sentence is made of. */
struct telling {
    const struct run *run;
    const struct trace_event *e;
    struct text who, other, signal;
};

static const char *error_text(struct text *text, int64_t number)
{
    const char *name = strerrorname_np((int)number);
    return tell(text, "%s%s%s%s",
                strerrordesc_np((int)number) ? strerrordesc_np((int)number)
                                             : "an error",
                name ? " (" : "", name ? name : "", name ? ")" : "");
}

/* A call's text was made by the observer, but of the program's strings. */
static const char *call_text(struct text *text, const struct trace_event *e)
{
    int len = (int)(e->len < SHOWN ? e->len : SHOWN);
    return tell(text, "%.*s", len, e->text ? e->text : "");
}

static void born(struct text *text, const struct telling *t)
{
    static const char *const ways[] = {
        [TRACE_BY_FORK] = "",
        [TRACE_BY_VFORK] = ", and waits until it has executed a program or "
                           "ended",
        [TRACE_BY_CLONE] = " by clone()",
    };
    int64_t way = t->e->a;
    if (t->e->other < 0 || way == TRACE_BY_START)
        tell(text, "The program begins, as %s", t->who.s);
    else
        tell(text, "%s starts %s%s", t->other.s, t->who.s,
             way > 0 && way <= TRACE_BY_CLONE ? ways[way] : "");
}

static void thread(struct text *text, const struct telling *t)
{
    tell(text, "%s starts its thread %lld", t->who.s, (long long)t->e->a);
}

static void thread_exit(struct text *text, const struct telling *t)
{
    tell(text, "%s ends", t->who.s);
}

static void exec(struct text *text, const struct telling *t)
{
    struct text line = {""};
    const char *s = t->e->text, *end = s ? s + t->e->len : s;
    for (; s < end && strlen(line.s) < SHOWN; s += strlen(s) + 1)
        tell_more(&line, "%s%.*s", line.s[0] ? " " : "", SHOWN, s);
    tell(text, "%s executes the program: %s%s", t->who.s, line.s,
         s < end ? " ..." : "");
}

static void exec_failed(struct text *text, const struct telling *t)
{
    struct text path, error;
    tell(text, "%s cannot execute %s: %s", t->who.s, call_text(&path, t->e),
         error_text(&error, t->e->a));
}

static void name(struct text *text, const struct telling *t)
{
    struct text quoted;
    tell(text, "%s is called %s from now on", t->who.s,
         tell_quoted(&quoted, t->e->text ? t->e->text : "", t->e->len));
}

static void block(struct text *text, const struct telling *t)
{
    struct text words, at;
    tell(text, "%s %s", t->who.s, tell_wait(&words, t->run, t->e));
    if (t->e->b >= 0)
        tell_more(text, ", until %s%s", tell_time(&at, t->e->b),
                  t->e->a == TRACE_WAIT_SLEEP ? "" : " at most");
}

static void resume(struct text *text, const struct telling *t)
{
    struct text error;
    tell(text, "%s goes on", t->who.s);
    if (t->e->a < 0)
        tell_more(text, "; its call has failed: %s",
                  error_text(&error, -t->e->a));
}

static void stop(struct text *text, const struct telling *t)
{
    tell(text, "%s is stopped by %s", t->who.s, t->signal.s);
}

static void cont(struct text *text, const struct telling *t)
{
    tell(text, "%s is no longer stopped", t->who.s);
}

static void sent(struct text *text, const struct telling *t)
{
    struct text error;
    bool failed = t->e->b < 0;
    const char *whom =
        t->e->other == TRACE_NOBODY ? "somebody who is not there" : t->other.s;
    if (t->e->a == 0)
        tell(text, "%s asks whether %s is there, by signal 0", t->who.s, whom);
    else
        tell(text, "%s %s %s to %s", t->who.s,
             failed ? "wants to send" : "sends", t->signal.s, whom);
    if (failed)
        tell_more(text, "; that fails: %s", error_text(&error, -t->e->b));
}

static void deliver(struct text *text, const struct telling *t)
{
    static const char *const what[] = {
        [TRACE_DEFAULT] = "has arranged nothing for it: the default action",
        [TRACE_IGNORED] = "ignores it",
        [TRACE_HANDLED] = "its handler runs",
    };
    int64_t b = t->e->b;
    tell(text, "%s gets %s", t->who.s, t->signal.s);
    if (t->e->other != TRACE_NOBODY)
        tell_more(text, " from %s", t->other.s);
    tell_more(text, ", and %s",
              b >= 0 && b <= TRACE_HANDLED ? what[b] : "goes on");
}

static void handler(struct text *text, const struct telling *t)
{
    static const char *const what[] = {
        [TRACE_DEFAULT] = "has the default action for %s again",
        [TRACE_IGNORED] = "ignores %s from now on",
        [TRACE_HANDLED] = "has a handler for %s from now on",
    };
    int64_t b = t->e->b;
    const char *words = b >= 0 && b <= TRACE_HANDLED ? what[b] : "sets %s";
    const char *gap = strstr(words, "%s");
    tell(text, "%s %.*s%s%s", t->who.s, (int)(gap - words), words, t->signal.s,
         gap + 2);
}

static void ended(struct text *text, const struct telling *t)
{
    struct text name;
    if (t->e->b)
        tell(text, "%s is killed by %s", t->who.s,
             tell_signal(&name, (int)t->e->b));
    else
        tell(text, "%s ends with exit code %lld", t->who.s, (long long)t->e->a);
}

static void reap(struct text *text, const struct telling *t)
{
    struct text outside;
    if (t->e->proc == TRACE_KERNEL)
        tell(text, "Nobody has to wait for %s, as its parent ignores SIGCHLD",
             t->other.s);
    else if (t->e->proc < 0)
        tell(text, "%s, and learns how it ended",
             t->e->other == CLAIM_MAIN
                 ? "Whoever started the program has waited for main"
                 : tell(&outside, "init has waited for %s", t->other.s));
    else
        tell(text, "%s has waited for %s, and learns how it ended", t->who.s,
             t->other.s);
}

static void orphan(struct text *text, const struct telling *t)
{
    tell(text, "%s has lost its parent, and belongs to %s now", t->who.s,
         t->e->other < 0 ? "init" : t->other.s);
}

static void wrote(struct text *text, const struct telling *t)
{
    struct text quoted;
    tell(text, "%s writes %s%s", t->who.s,
         tell_quoted(&quoted, t->e->text ? t->e->text : "", t->e->len),
         t->e->a == 2 ? " to standard error" : "");
}

static void reads(struct text *text, const struct telling *t)
{
    if (t->e->a == 0)
        tell(text, "%s comes to the end of standard input", t->who.s);
    else
        tell(text, "%s reads %lld bytes of standard input", t->who.s,
             (long long)t->e->a);
}

static void input(struct text *text, const struct telling *t)
{
    struct text quoted;
    if (t->e->text)
        tell(text, "Somebody types %s",
             tell_quoted(&quoted, t->e->text, t->e->len));
    else
        tell(text, "Standard input is closed");
}

static void group(struct text *text, const struct telling *t)
{
    if (t->e->other == t->e->proc)
        tell(text, "%s is in process group %lld from now on", t->who.s,
             (long long)t->e->a);
    else
        tell(text, "%s puts %s into process group %lld", t->who.s, t->other.s,
             (long long)t->e->a);
}

static void session(struct text *text, const struct telling *t)
{
    tell(text, "%s begins a session of its own, without a terminal", t->who.s);
}

static void call(struct text *text, const struct telling *t)
{
    struct text words, error;
    tell(text, "%s calls %s", t->who.s, call_text(&words, t->e));
    if (t->e->a < 0)
        tell_more(text, "; that fails: %s", error_text(&error, -t->e->a));
}

static void facts(struct text *text, const struct telling *t)
{
    tell(text, "%s is looked at", t->who.s);
}

static void fault(struct text *text, const struct telling *t)
{
    struct text words, error, signal, time;
    int64_t b = t->e->b;
    tell(text, "%s calls %s; injected: ", t->who.s, call_text(&words, t->e));
    if (t->e->a == TRACE_FAULT_ERROR)
        tell_more(text, "it fails: %s", error_text(&error, b));
    else if (t->e->a == TRACE_FAULT_RESULT)
        tell_more(text, "it returns %lld and does nothing", (long long)b);
    else if (t->e->a == TRACE_FAULT_SHORT)
        tell_more(text, "it handles %lld byte%s at most", (long long)b,
                  b == 1 ? "" : "s");
    else if (t->e->a == TRACE_FAULT_SIGNAL)
        tell_more(text, "the signal %s", tell_signal(&signal, (int)b));
    else
        tell_more(text, "a delay of %s", tell_time(&time, b));
}

static void (*const rows[TRACE_KINDS])(struct text *,
                                       const struct telling *) = {
    [TRACE_BORN] = born,
    [TRACE_THREAD] = thread,
    [TRACE_THREAD_EXIT] = thread_exit,
    [TRACE_EXEC] = exec,
    [TRACE_EXEC_FAILED] = exec_failed,
    [TRACE_NAME] = name,
    [TRACE_BLOCK] = block,
    [TRACE_RESUME] = resume,
    [TRACE_STOP] = stop,
    [TRACE_CONTINUE] = cont,
    [TRACE_SIGNAL] = sent,
    [TRACE_DELIVER] = deliver,
    [TRACE_HANDLER] = handler,
    [TRACE_EXIT] = ended,
    [TRACE_REAP] = reap,
    [TRACE_ORPHAN] = orphan,
    [TRACE_WRITE] = wrote,
    [TRACE_READ] = reads,
    [TRACE_INPUT] = input,
    [TRACE_GROUP] = group,
    [TRACE_SESSION] = session,
    [TRACE_CALL] = call,
    [TRACE_FACTS] = facts,
    [TRACE_FAULT] = fault,
};

static const char *tell_thread(struct text *text, const struct run *run,
                               const struct trace_event *e)
{
    struct text who;
    tell_who(&who, run, e->proc);
    return e->thread == 0 ? tell(text, "%s", who.s)
                          : tell(text, "thread %d of %s", e->thread, who.s);
}

const char *story_sentence(struct text *text, const struct trace *trace,
                           size_t event)
{
    const struct run run = {.trace = trace};
    struct telling t = {.run = &run, .e = &trace->events[event]};
    tell_thread(&t.who, &run, t.e);
    if (t.e->other == t.e->proc)
        tell(&t.other, "itself");
    else
        tell_who(&t.other, &run, t.e->other);
    tell_signal(&t.signal, (int)t.e->a);
    if (t.e->kind >= TRACE_KINDS || !rows[t.e->kind])
        return tell(text, "%s does something", t.who.s);
    rows[t.e->kind](text, &t);
    return text->s;
}
