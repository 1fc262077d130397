#include "sandbox/confine.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "sandbox/machine.h"
#include "sandbox/nest.h"

static const char preparing[] = "preparing the command";

struct confined {
    const struct confine_request *request;
    int out;
    int dir; /* -1: where the caller is */
};

static void set_limit(int what, size_t value)
{
    struct rlimit limit = {value, value};
    if (value)
        setrlimit((__rlimit_resource_t)what, &limit);
}

static int run_command(void *context, int control)
{
    const struct confined *c = context;
    const struct confine_request *r = c->request;
    int null = open("/dev/null", O_RDWR | O_CLOEXEC);
    if ((c->dir >= 0 && fchdir(c->dir) < 0) || null < 0 || dup2(null, 0) < 0 ||
        dup2(null, 1) < 0 || dup2(c->out, 2) < 0) {
        nest_say(control, NEST_FAILED, errno, preparing);
        return 126;
    }
    if (r->tmpdir)
        setenv("TMPDIR", r->tmpdir, 1);
    setenv("LC_ALL", "C.UTF-8", 1);
    set_limit(RLIMIT_CPU, (size_t)r->cpu_s);
    set_limit(RLIMIT_AS, r->memory);
    set_limit(RLIMIT_FSIZE, r->file_size);
    struct rlimit none = {0, 0};
    setrlimit(RLIMIT_CORE, &none);
    sigset_t empty;
    sigemptyset(&empty);
    sigprocmask(SIG_SETMASK, &empty, NULL);
    execvp(r->argv[0], (char *const *)r->argv);
    nest_say(control, NEST_FAILED, errno, "exec");
    return 127;
}

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Reads what fits; what is over only sets `flooded`. */
static bool take_output(int fd, const struct confine_request *r,
                        struct confine_result *res)
{
    char chunk[4096];
    ssize_t n = read(fd, chunk, sizeof chunk);
    if (n <= 0)
        return n < 0 && errno == EINTR;
    size_t room = r->output - res->len;
    size_t take = (size_t)n < room ? (size_t)n : room;
    memcpy(res->output + res->len, chunk, take);
    res->len += take;
    res->flooded = take < (size_t)n;
    return !res->flooded;
}

/* End of output is not the end of a run, nor the reverse: init's end closes
 * the pipe for good, as nothing of the nest outlives it. */
static void collect(int fd, const struct confine_request *r,
                    struct confine_result *res)
{
    int64_t end = now_ms() + r->wall_ms;
    for (;;) {
        int64_t left = end - now_ms();
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int n = left > 0 ? poll(&p, 1, (int)left) : 0;
        if (n < 0 && errno == EINTR)
            continue;
        if (n == 0)
            res->timed_out = true;
        if (n <= 0 || !take_output(fd, r, res))
            return;
    }
}

/* A NEST_FAILED that init or the command's own start left behind. */
static int start_error(const struct nest *nest, const char **why)
{
    struct nest_message m;
    while (nest_listen(nest, &m, NULL) == 0) {
        if (m.news != NEST_FAILED)
            continue;
        if (strcmp(m.where, preparing) != 0 && strcmp(m.where, "exec") != 0)
            *why = machine_no_nest(m.number, m.where);
        return -m.number;
    }
    return 0;
}

static int status_of_init(int status)
{
    if (!WIFEXITED(status))
        return status;
    int code = WEXITSTATUS(status);
    return code > 128 ? code - 128 : code << 8;
}

/* Starts the command, waits for its end, and fills res.  Closes both ends of
 * the pipe. */
static int run_in_nest(struct confined *c, int out, struct confine_result *res,
                       const char **why)
{
    int status;
    struct nest_plan plan = {.fixed_user = true, .body = run_command,
                             .context = c, .ends_with_body = true};
    struct nest nest;
    int r = nest_start(&plan, &nest, why);
    close(c->out);
    if (r < 0)
        return close(out), r;
    collect(out, c->request, res);
    if (res->timed_out || res->flooded)
        nest_kill(&nest);
    close(out);
    while (waitpid(nest.init, &status, 0) < 0 && errno == EINTR)
        ;
    r = start_error(&nest, why);
    nest_close(&nest);
    res->status = status_of_init(status);
    return r;
}

/* Where we are root the command is not: it must be able to write. */
static int open_dir(const char *path, int *dir)
{
    *dir = path ? open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    if (path && *dir < 0)
        return -errno;
    if (path && nest_is_other_user() &&
        fchown(*dir, NEST_OUTSIDE_UID, NEST_OUTSIDE_UID) < 0)
        return -errno;
    return 0;
}

int confine_run(const struct confine_request *request,
                struct confine_result *result, const char **why)
{
    int fds[2] = {-1, -1};
    struct confine_result res = {.output = calloc(1, request->output + 1)};
    struct confined context = {.request = request, .dir = -1};
    int r = res.output ? open_dir(request->dir, &context.dir) : -ENOMEM;
    if (r == 0 && pipe2(fds, O_CLOEXEC) < 0)
        r = -errno;
    context.out = fds[1];
    r = r ? r : run_in_nest(&context, fds[0], &res, why);
    if (context.dir >= 0)
        close(context.dir);
    if (r < 0)
        return free(res.output), r;
    *result = res;
    return 0;
}
