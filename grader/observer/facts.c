/* The facts of a process: what /proc/PID/status, stat, cmdline, fd, fdinfo, cwd
 * and root say of it (proc(5)), in terms of the trace.
 *
 * Nothing of the machine shows: processes appear by their number, pipes,
 * sockets and terminals by the order in which they were seen first. */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <linux/major.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#include "observer/internal.h"

/* Pipes, sockets and terminals that have an ordinal. */
struct seen {
    dev_t device;
    ino_t inode;
    enum trace_object object;
    int ordinal;
};

static int ordinal_of(struct observer *o, enum trace_object object,
                      dev_t device, ino_t inode)
{
    int same = 0;
    for (size_t i = 0; i < o->n_seen; i++) {
        const struct seen *s = &o->seen[i];
        same += s->object == object;
        if (s->object == object && s->device == device && s->inode == inode)
            return s->ordinal;
    }
    struct seen *more =
        reallocarray(o->seen, o->n_seen + 1, sizeof *o->seen);
    if (!more) {
        o->out_of_memory = true;
        return 0;
    }
    o->seen = more;
    o->seen[o->n_seen++] = (struct seen){device, inode, object, same + 1};
    return same + 1;
}

/* The process of a pid as we see it, which may be gone. */
static int number_of(const struct observer *o, int pid)
{
    for (int i = o->n_processes - 1; i >= 0; i--)
        if (o->processes[i]->tgid == pid)
            return o->processes[i]->number;
    return TRACE_OUTSIDE;
}

/* A fixed user has other ids outside than inside, see nest.h.
 * @param ours our own uid or gid */
static int id_inside(const struct observer *o, unsigned id, unsigned ours)
{
    unsigned outside = geteuid() == 0 ? (unsigned)NEST_OUTSIDE_UID : ours;
    bool fixed = o->request->world == OBSERVE_GRADE && id == outside;
    return fixed ? (int)NEST_INSIDE_UID : (int)id;
}


/* --- numbers ------------------------------------------------------------- */

static FILE *open_proc(const struct task *t, const char *name)
{
    char path[64];
    snprintf(path, sizeof path, "/proc/%d/%s", t->tid, name);
    return fopen(path, "re");
}

static bool read_stat(const struct observer *o, const struct task *t,
                      struct trace_facts *facts)
{
    char text[1024];
    int parent, group, session, terminal, nice;
    FILE *f = open_proc(t, "stat");
    size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
    if (f)
        fclose(f);
    text[n] = '\0';
    const char *end = strrchr(text, ')');
    if (!end ||
        sscanf(end, ") %*c %d %d %d %d %*d %*u %*u %*u %*u %*u %*u %*u %*d "
                    "%*d %*d %d", &parent, &group, &session, &terminal,
               &nice) != 5)
        return false;
    facts->parent = number_of(o, parent);
    facts->group = number_of(o, group);
    facts->session = number_of(o, session);
    facts->terminal = terminal != 0;
    facts->nice = nice;
    return true;
}

static void read_line(const struct observer *o, const char *line,
                      struct trace_facts *facts)
{
    unsigned id, effective;
    if (sscanf(line, "Uid: %u %u", &id, &effective) == 2) {
        facts->uid = id_inside(o, id, geteuid());
        facts->euid = id_inside(o, effective, geteuid());
    } else if (sscanf(line, "Gid: %u %u", &id, &effective) == 2) {
        facts->gid = id_inside(o, id, getegid());
        facts->egid = id_inside(o, effective, getegid());
    } else if (sscanf(line, "Umask: %o", &id) == 1) {
        facts->umask = (int)id;
    } else {
        sscanf(line, "SigBlk: %lx", &facts->blocked);
        sscanf(line, "SigIgn: %lx", &facts->ignored);
        sscanf(line, "SigCgt: %lx", &facts->caught);
    }
}

static bool read_status(const struct observer *o, const struct task *t,
                        struct trace_facts *facts)
{
    char line[512];
    FILE *f = open_proc(t, "status");
    if (!f)
        return false;
    while (fgets(line, sizeof line, f))
        read_line(o, line, facts);
    fclose(f);
    return true;
}

/* @return a string to be freed, or NULL */
static char *read_command(const struct task *t)
{
    char text[4096];
    FILE *f = open_proc(t, "cmdline");
    if (!f)
        return NULL;
    size_t n = fread(text, 1, sizeof text - 1, f);
    fclose(f);
    while (n > 0 && !text[n - 1])
        n--;
    for (size_t i = 0; i < n; i++)
        if (!text[i])
            text[i] = ' ';
    return strndup(text, n);
}

/* --- paths and descriptors ------------------------------------------------ */

/* @return a string to be freed, or NULL */
static char *read_link(const struct task *t, const char *name)
{
    char path[64], to[PATH_MAX];
    snprintf(path, sizeof path, "/proc/%d/%s", t->tid, name);
    ssize_t n = readlink(path, to, sizeof to);
    return n < 0 ? NULL : strndup(to, (size_t)n);
}

static bool is_terminal(dev_t device)
{
    unsigned number = major(device);
    return number == TTY_MAJOR || number == TTYAUX_MAJOR ||
           (number >= UNIX98_PTY_SLAVE_MAJOR &&
            number < UNIX98_PTY_SLAVE_MAJOR + 8);
}

static enum trace_object object_of(const struct stat *st)
{
    switch (st->st_mode & S_IFMT) {
    case S_IFREG:
        return TRACE_FILE;
    case S_IFDIR:
        return TRACE_DIRECTORY;
    case S_IFCHR:
        return st->st_rdev == makedev(1, 3) ? TRACE_NULL_DEVICE
               : is_terminal(st->st_rdev)   ? TRACE_TERMINAL
                                            : TRACE_DEVICE;
    case S_IFBLK:
        return TRACE_DEVICE;
    case S_IFIFO:
        return TRACE_PIPE;
    case S_IFSOCK:
        return TRACE_SOCKET;
    default:
        return TRACE_ANONYMOUS;
    }
}

/* Our ends of the run's standard streams. @return 0, 1, 2 or -1 */
static int standard_of(const struct observer *o, const struct stat *st)
{
    if (S_ISFIFO(st->st_mode) && st->st_ino == o->input_inode)
        return 0;
    for (int i = 1; i <= 2; i++)
        if (S_ISFIFO(st->st_mode) && st->st_ino == o->outlet[i].inode)
            return i;
    return -1;
}

/* "anon_inode:[eventfd]" and the like: the type alone. */
static char *type_only(char *link)
{
    char *begin = link ? strchr(link, ':') : NULL;
    char *type = begin ? strdup(begin + 1 + (begin[1] == '[')) : NULL;
    if (type && begin[1] == '[')
        type[strcspn(type, "]")] = '\0';
    free(link);
    return type;
}

static void name_object(struct observer *o, struct trace_descriptor *d,
                        const struct stat *st, char *link)
{
    int standard = standard_of(o, st);
    d->object = object_of(st);
    if (standard >= 0) {
        d->object = TRACE_STANDARD;
        d->ordinal = standard;
    } else if (d->object == TRACE_PIPE && link && link[0] == '/') {
        d->object = TRACE_FIFO;
    }
    if (d->object == TRACE_TERMINAL)
        d->ordinal = ordinal_of(o, d->object, 0, st->st_rdev);
    else if (d->object == TRACE_PIPE || d->object == TRACE_FIFO ||
             d->object == TRACE_SOCKET)
        d->ordinal = ordinal_of(o, d->object, st->st_dev, st->st_ino);
    bool named = d->object == TRACE_FILE || d->object == TRACE_DIRECTORY ||
                 d->object == TRACE_NULL_DEVICE || d->object == TRACE_FIFO ||
                 d->object == TRACE_DEVICE;
    if (d->object == TRACE_ANONYMOUS)
        link = type_only(link);
    if (named || d->object == TRACE_ANONYMOUS)
        d->path = link;
    else
        free(link);
}

static void read_flags(const struct task *t, struct trace_descriptor *d)
{
    char name[32], line[128];
    unsigned flags = 0;
    snprintf(name, sizeof name, "fdinfo/%d", d->number);
    FILE *f = open_proc(t, name);
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "flags: %o", &flags) == 1)
            break;
    if (f)
        fclose(f);
    d->close_on_exec = flags & O_CLOEXEC;
    if (flags & O_PATH)
        d->access = TRACE_NO_ACCESS;
    else if ((flags & O_ACCMODE) == O_RDWR)
        d->access = TRACE_READS | TRACE_WRITES;
    else
        d->access = (flags & O_ACCMODE) ? TRACE_WRITES : TRACE_READS;
}

static bool add_descriptor(struct observer *o, const struct task *t,
                           struct trace_facts *facts, int number)
{
    char name[32], path[64];
    struct stat st;
    snprintf(name, sizeof name, "fd/%d", number);
    snprintf(path, sizeof path, "/proc/%d/%s", t->tid, name);
    if (stat(path, &st) < 0)
        return true;
    struct trace_descriptor *more =
        reallocarray(facts->descriptors, facts->n_descriptors + 1,
                     sizeof *facts->descriptors);
    if (!more)
        return false;
    facts->descriptors = more;
    struct trace_descriptor *d = &more[facts->n_descriptors++];
    *d = (struct trace_descriptor){.number = number};
    name_object(o, d, &st, read_link(t, name));
    read_flags(t, d);
    return true;
}

/* The kernel lists them in the order of their numbers. */
static bool read_descriptors(struct observer *o, const struct task *t,
                             struct trace_facts *facts)
{
    char path[64];
    const struct dirent *entry;
    bool ok = true;
    snprintf(path, sizeof path, "/proc/%d/fd", t->tid);
    DIR *dir = opendir(path);
    while (ok && dir && (entry = readdir(dir)))
        if (entry->d_name[0] != '.')
            ok = add_descriptor(o, t, facts, atoi(entry->d_name));
    if (dir)
        closedir(dir);
    return ok;
}

/* --- into the trace --------------------------------------------------------- */

void facts_of(struct observer *o, const struct task *t,
              enum trace_moment moment)
{
    struct trace_facts *facts = calloc(1, sizeof *facts);
    if (facts && (!read_stat(o, t, facts) || !read_status(o, t, facts))) {
        trace_facts_free(facts); /* it was killed this moment */
        return;
    }
    if (!facts || !read_descriptors(o, t, facts)) {
        o->out_of_memory = true;
        trace_facts_free(facts);
        return;
    }
    facts->cwd = read_link(t, "cwd");
    facts->root = read_link(t, "root");
    facts->command = read_command(t);
    struct trace_event *e = record_for(
        o, TRACE_FACTS, t->process->number, TRACE_NOBODY, moment, 0);
    if (e)
        e->facts = facts;
    else
        trace_facts_free(facts);
}

/* A dead leader has neither files nor a directory: any other thread will do. */
static const struct task *readable_task(const struct observer *o,
                                        const struct process *p)
{
    for (int i = 0; i < o->n_tasks; i++)
        if (o->tasks[i]->process == p && o->tasks[i]->state != ZOMBIE)
            return o->tasks[i];
    return NULL;
}

void facts_of_all(struct observer *o)
{
    for (int i = 0; i < o->n_processes; i++) {
        const struct process *p = o->processes[i];
        const struct task *t =
            p->zombie || p->gone ? NULL : readable_task(o, p);
        if (t)
            facts_of(o, t, TRACE_AT_STEP);
    }
}
