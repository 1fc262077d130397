/* Starts the program in a nest. */
#include <errno.h>
#include <fcntl.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/ptrace.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/clean.h"
#include "observer/internal.h"
#include "sandbox/machine.h"

/* What the body and the program's first process need to know. */
struct start {
    const struct observe_request *request;
    const struct observe_limits *limits;
    char **argv; /* copies, as nests clear the memory of our command line */
    char *file;
    struct sock_fprog filter;
    int program; /* OBSERVE_GRADE: the file to copy */
    int in, out, err;
};

static const char *last_part(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* --- inside: the first process ------------------------------------------------ */

static int copy_program(const struct start *s, const char *path)
{
    struct stat st;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0755);
    if (fd < 0 || fstat(s->program, &st) < 0)
        return -1;
    off_t offset = 0;
    while (offset < st.st_size)
        if (sendfile(fd, s->program, &offset, (size_t)st.st_size) <= 0)
            break;
    close(fd);
    return offset == st.st_size ? 0 : -1;
}

static int enter_lab(const struct start *s, const char *name)
{
    char path[512];
    umask(022);
    if (mkdir(CLEAN_LAB, 0755) < 0 || chdir(CLEAN_LAB) < 0)
        return -1;
    snprintf(path, sizeof path, "%s/%s", CLEAN_LAB, name);
    return copy_program(s, path) < 0 ? -1 : files_place(s->request);
}

static void connect_streams(const struct start *s)
{
    dup2(s->in, 0);
    dup2(s->out, 1);
    dup2(s->err, 2);
}

/* The control socket moves away from where standard streams go. */
static int keep_control(int control)
{
    int fd = fcntl(control, F_DUPFD_CLOEXEC, 900);
    return fd < 0 ? fcntl(control, F_DUPFD_CLOEXEC, 200) : fd;
}

static _Noreturn void give_up(int control, const char *where)
{
    nest_say(control, NEST_FAILED, errno, where);
    _exit(126);
}

static _Noreturn void run_program(const struct start *s, int control)
{
    const struct observe_request *r = s->request;
    const char *file = s->file;
    char path[512];
    snprintf(path, sizeof path, "./%s", last_part(file));
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, 0);
    control = keep_control(control);
    if (r->world == OBSERVE_GRADE) {
        if (enter_lab(s, last_part(file)) < 0)
            give_up(control, "preparing the working directory");
        file = path;
    }
    connect_streams(s);
    close_range(3, (unsigned)control - 1, 0);
    close_range((unsigned)control + 1, ~0U, 0);
    clean_process(r, s->limits);
    nest_wait_for_go(control);
    if (syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, 0, &s->filter) < 0)
        give_up(control, "seccomp");
    execvp(file, s->argv);
    give_up(control, "exec");
}

static _Noreturn void stay(int control, pid_t first)
{
    if (control > 0)
        close_range(0, (unsigned)control - 1, 0);
    close_range((unsigned)control + 1, ~0U, 0);
    nest_say(control, NEST_READY, 0, NULL);
    nest_reap(control, first);
    for (;;)
        pause();
}

/* Stands for the shell: parent of the first process, leader of its session,
 * without a terminal.  The observer itself must not be the parent, as the
 * kernel hides group stops from a parent that is the tracer, too.  The first
 * process borrows our memory until it executes the program: to copy it takes
 * longer than all else that happens here. */
static int run_body(void *context, int control)
{
    struct start *s = context;
    if (setsid() < 0)
        return 126;
    if (s->request->n_bystanders > 0 && bystanders_start(s->request) < 0)
        give_up(control, "starting the bystanders");
    prctl(PR_SET_NAME, "proclab-body");
    for (int sig = 1; sig < NSIG; sig++)
        signal(sig, sig == SIGCHLD ? SIG_DFL : SIG_IGN);
    pid_t first = vfork();
    if (first == 0)
        run_program(s, control);
    if (first < 0)
        nest_say(control, NEST_FAILED, errno, "fork");
    stay(control, first);
}

/* --- outside ------------------------------------------------------------------- */

/* Whoever owns a pipe may open it again by /dev/stdout: where we are root the
 * program is another user. */
static int own_pipe(int fds[2], const struct observe_request *r)
{
    if (pipe2(fds, O_CLOEXEC) < 0)
        return -errno;
    if (nest_is_other_user() && r->world == OBSERVE_GRADE)
        for (int i = 0; i < 2; i++)
            if (fchown(fds[i], NEST_OUTSIDE_UID, NEST_OUTSIDE_UID) < 0)
                return -errno;
    return 0;
}

static int open_outlet(struct observer *o, int stream, int *theirs)
{
    struct stat st;
    int fds[2], r = own_pipe(fds, o->request);
    if (r < 0)
        return r;
    fcntl(fds[0], F_SETFL, O_NONBLOCK);
    fstat(fds[0], &st);
    o->outlet[stream].fd = fds[0];
    o->outlet[stream].inode = st.st_ino;
    o->pipe_device = st.st_dev;
    *theirs = fds[1];
    return 0;
}

static bool has_input(const struct observe_request *r)
{
    for (size_t i = 0; i < r->n_steps; i++)
        if (r->steps[i].kind != OBSERVE_LOOK)
            return true;
    return false;
}

static int open_input(struct observer *o, int *theirs)
{
    struct stat st;
    int fds[2];
    if (!has_input(o->request)) {
        *theirs = open("/dev/null", O_RDONLY | O_CLOEXEC);
        return *theirs < 0 ? -errno : 0;
    }
    int r = own_pipe(fds, o->request);
    if (r < 0)
        return r;
    fcntl(fds[1], F_SETFL, O_NONBLOCK);
    fstat(fds[0], &st);
    o->input_inode = st.st_ino;
    o->input_fd = fds[1];
    *theirs = fds[0];
    return 0;
}

static int open_program(const struct observe_request *r, int *fd)
{
    struct stat st;
    *fd = -1;
    if (r->world != OBSERVE_GRADE)
        return 0;
    *fd = open(r->program ? r->program : r->argv[0], O_RDONLY | O_CLOEXEC);
    if (*fd < 0 || fstat(*fd, &st) < 0)
        return -errno;
    return S_ISREG(st.st_mode) && (st.st_mode & 0111) ? 0 : -EACCES;
}

static void close_streams(struct start *s)
{
    int *fds[] = {&s->program, &s->in, &s->out, &s->err};
    for (size_t i = 0; i < sizeof fds / sizeof fds[0]; i++)
        if (*fds[i] >= 0)
            close(*fds[i]);
}

static int seize(pid_t pid, const char **why)
{
    long options = PTRACE_O_TRACEFORK | PTRACE_O_TRACEVFORK |
                   PTRACE_O_TRACEVFORKDONE | PTRACE_O_TRACECLONE |
                   PTRACE_O_TRACEEXEC | PTRACE_O_TRACEEXIT |
                   PTRACE_O_TRACESECCOMP | PTRACE_O_TRACESYSGOOD |
                   PTRACE_O_EXITKILL;
    if (ptrace(PTRACE_SEIZE, pid, 0, (void *)options) == 0)
        return 0;
    *why = machine_no_ptrace();
    return -EPERM;
}

/* Lets attempts to exec go by (a search in PATH makes several) until one
 * succeeds. */
static int await_exec(struct observer *o, pid_t pid, const char **why)
{
    struct nest_message m = {.news = NEST_FAILED, .number = EIO};
    for (;;) {
        int status;
        pid_t r = waitpid(pid, &status, __WALL);
        if (r < 0 && errno == EINTR)
            continue;
        if (r < 0 || !WIFSTOPPED(status))
            break;
        if (status >> 16 == PTRACE_EVENT_EXEC)
            return arrive(o, pid, status), 0;
        ptrace(PTRACE_CONT, pid, 0, 0);
    }
    while (nest_listen(&o->nest, &m, NULL) == 0 && m.news != NEST_FAILED)
        ;
    if (strcmp(m.where, "seccomp") == 0)
        return *why = machine_no_filter(), -EPERM;
    *why = m.number == ENOENT   ? "no such program"
           : m.number == EACCES ? "the program is not executable"
           : m.number == ENOEXEC
               ? "the program is neither an ELF file nor a script with #!"
               : "the program could not be executed";
    return -m.number;
}

/* News from before the program runs: the first READY is its first process. */
static int await_ready(struct observer *o, pid_t *pid, const char **why)
{
    struct nest_message m;
    int r;
    do /* what was reaped before is a bystander that came to nothing */
        r = nest_listen(&o->nest, &m, pid);
    while (r == 0 && m.news == NEST_REAPED);
    if (r < 0 || m.news == NEST_READY)
        return r;
    *why = machine_no_nest(m.number, m.where);
    return -EPERM;
}

/* The body has let go of the program's streams: its memory is its own again. */
static int await_body(struct observer *o)
{
    struct nest_message m;
    int r;
    do
        r = nest_listen(&o->nest, &m, NULL);
    while (r == 0 && m.news == NEST_REAPED); /* a bystander */
    return r < 0 || m.news == NEST_READY ? r : -EPROTO;
}

static pid_t parent_of(pid_t pid)
{
    char path[64], line[256];
    int parent = 0;
    snprintf(path, sizeof path, "/proc/%d/status", pid);
    FILE *f = fopen(path, "re");
    while (f && fgets(line, sizeof line, f))
        if (sscanf(line, "PPid: %d", &parent) == 1)
            break;
    if (f)
        fclose(f);
    return parent;
}

static int begin(struct observer *o, const char **why)
{
    pid_t pid = 0;
    int r = await_ready(o, &pid, why);
    if (r < 0)
        return r;
    o->body = parent_of(pid);
    int inside = pid_inside(pid);
    r = seize(pid, why);
    if (r < 0)
        return r;
    struct process *p = process_add(o, pid, inside, NULL);
    if (!p || !task_add(o, pid, p))
        return -ENOMEM;
    p->group = inside;
    p->session = NEST_BODY;
    o->tasks[0]->newborn = false;
    record_for(o, TRACE_BORN, 0, TRACE_OUTSIDE, TRACE_BY_START, inside);
    r = nest_go(&o->nest);
    r = r < 0 ? r : await_exec(o, pid, why);
    return r < 0 ? r : await_body(o);
}

static void free_words(struct start *s)
{
    for (char **word = s->argv; word && *word; word++)
        free(*word);
    free(s->argv);
    free(s->file);
}

static int copy_words(struct start *s)
{
    const char *const *from = s->request->argv;
    size_t n = 0;
    while (from[n])
        n++;
    s->argv = calloc(n + 1, sizeof *s->argv);
    s->file = strdup(s->request->program ? s->request->program : from[0]);
    for (size_t i = 0; s->argv && i < n; i++)
        if (!(s->argv[i] = strdup(from[i])))
            return -ENOMEM;
    return s->argv && s->file ? 0 : -ENOMEM;
}

static int prepare(struct observer *o, struct start *s, const char **why)
{
    const struct observe_request *q = o->request;
    *s = (struct start){.request = q, .limits = &o->limits,
                        .program = -1, .in = -1, .out = -1, .err = -1};
    int r = open_program(q, &s->program);
    if (r < 0) {
        *why = r == -EACCES ? "the program is not an executable file"
                            : "the program cannot be read";
        return r;
    }
    r = copy_words(s);
    r = r ? r : open_input(o, &s->in);
    r = r ? r : open_outlet(o, 1, &s->out);
    r = r ? r : open_outlet(o, 2, &s->err);
    if (r == 0 && filter_program(q, &s->filter) < 0)
        *why = machine_no_filter(), r = -EPERM;
    return r;
}

int launch(struct observer *o, const char **why)
{
    struct start s;
    bool grade = o->request->world == OBSERVE_GRADE;
    int r = prepare(o, &s, why);
    struct nest_plan plan = {.fixed_user = grade, .own_files = grade,
                             .files = o->limits.files, .body = run_body,
                             .context = &s};
    if (r == 0 && nest_start(&plan, &o->nest, why) < 0)
        r = -EPERM; /* whatever it is, it is not the program's fault */
    close_streams(&s);
    free_words(&s);
    return r ? r : begin(o, why);
}
