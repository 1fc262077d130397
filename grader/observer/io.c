/* Standard input, output and error.
 *
 * Who wrote what is known only by stopping at the write and looking whether
 * its descriptor is our pipe, whatever its number.  What was written is what
 * comes out of the pipe; bytes not yet in an event wait in `pending`. */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

#include "observer/calls.h"
#include "observer/timers.h"

static bool outlet_reserve(struct outlet *out, size_t more)
{
    if (out->n_pending + more <= out->room)
        return true;
    size_t room = 2 * (out->n_pending + more);
    char *larger = realloc(out->pending, room);
    if (!larger)
        return false;
    out->pending = larger;
    out->room = room;
    return true;
}

/* Passing output on is a courtesy: whether it arrives is not our concern. */
static void echo(int fd, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno == EINTR)
            continue;
        if (done <= 0)
            return;
        bytes += done;
        n -= (size_t)done;
    }
}

static size_t drain_one(struct observer *o, int stream)
{
    struct outlet *out = &o->outlet[stream];
    size_t got = 0;
    while (out->fd >= 0 && outlet_reserve(out, 65536)) {
        ssize_t n = read(out->fd, out->pending + out->n_pending, 65536);
        if (n <= 0)
            break;
        if (o->request->echo)
            echo(stream, out->pending + out->n_pending, (size_t)n);
        out->n_pending += (size_t)n;
        out->total += (size_t)n;
        got += (size_t)n;
        if (out->total > o->limits.output)
            break;
    }
    return got;
}

size_t drain(struct observer *o)
{
    size_t got = drain_one(o, 1) + drain_one(o, 2);
    if (o->outlet[1].total + o->outlet[2].total > o->limits.output)
        finish(o, TRACE_LIMIT_OUTPUT);
    return got;
}

/* Takes n bytes out of what is pending: these ones, if they are there. */
static void take(struct outlet *out, const char *bytes, size_t n)
{
    const char *at = memmem(out->pending, out->n_pending, bytes, n);
    size_t before = at ? (size_t)(at - out->pending) : 0;
    out->n_pending -= n;
    memmove(out->pending + before, out->pending + before + n,
            out->n_pending - before);
}

/* @return 1 or 2 where it is an outlet, else 0 */
static int outlet_of(const struct observer *o, const struct stat *st)
{
    for (int i = 1; i <= 2; i++)
        if (S_ISFIFO(st->st_mode) && st->st_ino == o->outlet[i].inode &&
            st->st_dev == o->pipe_device)
            return i;
    return 0;
}

static bool is_input(const struct observer *o, const struct stat *st)
{
    return o->input_inode && S_ISFIFO(st->st_mode) &&
           st->st_ino == o->input_inode && st->st_dev == o->pipe_device;
}

/* Side by side, tasks may have written in another order than the one in which
 * they stop: then what the program's memory says is right, not the pipe. */
static const char *written_bytes(const struct observer *o,
                                 const struct task *t,
                                 const struct outlet *out, size_t n,
                                 char **owned)
{
    *owned = NULL;
    if (o->free_running && t->number == SYS_write) {
        *owned = malloc(n);
        if (*owned && peek(t, t->args[1], *owned, n) == 0)
            return *owned;
    }
    return out->pending;
}

/* What is recorded ends with the limit, at the byte: how much more we happen to
 * have read is chance. */
static void tell(struct observer *o, struct task *t, int stream,
                 const char *bytes, size_t n)
{
    size_t room = o->limits.output - o->told;
    bool over = n > room;
    if (over)
        n = room;
    if (n > 0)
        record(o, TRACE_WRITE, t, TRACE_NOBODY, stream, 0, bytes, n);
    o->told += n;
    if (over)
        finish(o, TRACE_LIMIT_OUTPUT);
}

static void record_written(struct observer *o, struct task *t, int stream,
                           size_t n)
{
    struct outlet *out = &o->outlet[stream];
    char *owned;
    drain(o);
    if (n > out->n_pending)
        n = out->n_pending;
    if (n == 0)
        return;
    const char *bytes = written_bytes(o, t, out, n, &owned);
    tell(o, t, stream, bytes, n);
    take(out, bytes, n);
    free(owned);
}

/* A process may set a thread's name by writing to /proc (proc(5), comm). */
static void look_for_new_name(struct observer *o, struct task *t)
{
    char path[64], name[17];
    struct process *p = t->process;
    snprintf(path, sizeof path, "/proc/%d/comm", p->tgid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, name, sizeof name);
    if (fd >= 0)
        close(fd);
    if (n < 1)
        return;
    name[n - 1] = '\0';
    if (strncmp(name, p->name, sizeof p->name) == 0)
        return;
    snprintf(p->name, sizeof p->name, "%.15s", name);
    struct trace_event *e = record(o, TRACE_NAME, t, TRACE_NOBODY, 0, 0,
                                   p->name, strlen(p->name));
    if (e)
        e->thread = 0;
}

static int written_descriptor(const struct task *t)
{
    bool second = t->number == SYS_splice;
    return (int)t->args[second ? 2 : t->number == SYS_tee ? 1 : 0];
}

/* A pipe with a free page takes a small piece at once (pipe(7)). */
static bool takes_at_once(const struct task *t, const struct descriptor *d)
{
    bool small = t->number == SYS_write && t->args[2] <= 4096;
    return small && S_ISFIFO(d->st.st_mode) && d->ready == POLLOUT;
}

/* Whether it may be a name in /proc: those files look empty. */
static bool may_be_name(const struct descriptor *d)
{
    return S_ISREG(d->st.st_mode) && d->st.st_size == 0;
}

/* What neither blocks nor tells us anything needs no stop at its end. */
enum verb enter_write(struct observer *o, struct task *t)
{
    struct descriptor *d = &t->descriptor;
    part_enter(t);
    if (!descriptor_look(t, written_descriptor(t), POLLOUT, d) ||
        outlet_of(o, &d->st) || may_be_name(d))
        return REPORT;
    if (S_ISSOCK(d->st.st_mode) &&
        (t->number == SYS_write || t->number == SYS_writev))
        return enter_timed(o, t);
    if (t->part.on)
        return REPORT;
    return S_ISREG(d->st.st_mode) || takes_at_once(t, d) ? GO : REPORT;
}

static void tell_write(struct observer *o, struct task *t)
{
    const struct descriptor *d = &t->descriptor;
    int stream = outlet_of(o, &d->st);
    if (arch_result(&t->regs) == -EAGAIN)
        note_idle(t);
    if (t->park.on)
        leave_timed(o, t);
    long n = arch_result(&t->regs);
    if (n <= 0)
        return;
    terminal_note(o, &d->st);
    if (stream)
        record_written(o, t, stream, (size_t)n);
    else if (may_be_name(d))
        look_for_new_name(o, t);
}

void leave_write(struct observer *o, struct task *t)
{
    bool parked = t->park.on;
    tell_write(o, t);
    if (!parked)
        part_leave(t);
}

enum verb enter_read(struct observer *o, struct task *t)
{
    struct descriptor *d = &t->descriptor;
    if (!descriptor_look(t, (int)t->args[0], POLLIN, d) ||
        is_input(o, &d->st))
        return REPORT;
    if (S_ISSOCK(d->st.st_mode))
        return enter_timed(o, t);
    bool full = S_ISFIFO(d->st.st_mode) && (d->ready & POLLIN);
    return S_ISREG(d->st.st_mode) || full ? GO : REPORT;
}

void leave_read(struct observer *o, struct task *t)
{
    if (arch_result(&t->regs) == -EAGAIN)
        note_idle(t);
    if (t->park.on)
        leave_timed(o, t);
    long n = arch_result(&t->regs);
    timers_read(o, t, n);
    if (n >= 0 && is_input(o, &t->descriptor.st))
        record(o, TRACE_READ, t, TRACE_NOBODY, n, 0, NULL, 0);
}

void record_leftovers(struct observer *o)
{
    drain_one(o, 1);
    drain_one(o, 2);
    for (int i = 1; i <= 2; i++) {
        struct outlet *out = &o->outlet[i];
        struct task first = {.process = o->n_processes ? o->processes[0] : NULL,
                             .pc_known = true};
        if (out->n_pending && first.process)
            tell(o, &first, i, out->pending, out->n_pending);
        out->n_pending = 0;
    }
}

void input_feed(struct observer *o, const char *text)
{
    size_t n = strlen(text);
    struct trace_event *e =
        record_for(o, TRACE_INPUT, TRACE_SCENARIO, TRACE_NOBODY, 0, 0);
    if (e && (e->text = strdup(text)))
        e->len = n;
    if (o->input_fd >= 0 && write(o->input_fd, text, n) < 0 && errno == EPIPE)
        input_close(o);
}

void input_close(struct observer *o)
{
    if (o->input_fd < 0)
        return;
    close(o->input_fd);
    o->input_fd = -1;
    record_for(o, TRACE_INPUT, TRACE_SCENARIO, TRACE_NOBODY, 0, 0);
}
