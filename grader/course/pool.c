/* Theory: a worker writes a dot for each run that it has made, then its result
 * as JSON, to a pipe; the end of the pipe is the end of the worker.  The parent
 * reads all pipes by poll() and starts the next exercise wherever one ends. */

#include "course/pool.h"

#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include "course/work.h"
#include "result/format.h"

enum { ANSWER_AT_MOST = 64 << 20 };

struct worker {
    pid_t pid;
    int fd;
    size_t exercise;
    int cpu;     /* that its runs are kept on, from 1; 0: any */
    char *bytes; /* the JSON so far */
    size_t len, room;
    bool too_much;
};

struct pool {
    const struct grade_request *request;
    const char *workdir;
    const struct exercise *const *exercises;
    size_t n, next; /* next: how many exercises were started */
    bool *started;
    struct exercise_result *results;
    json_t *documents;
    size_t n_workers;
    struct worker *workers;
    int done, total; /* runs */
};

static void tick(void *context)
{
    const int *fd = context;
    ssize_t n;
    do
        n = write(*fd, ".", 1);
    while (n < 0 && errno == EINTR);
}

static int send_all(int fd, const char *bytes, size_t len)
{
    while (len > 0) {
        ssize_t n = write(fd, bytes, len);
        if (n < 0 && errno != EINTR)
            return -1;
        bytes += n > 0 ? n : 0;
        len -= n > 0 ? (size_t)n : 0;
    }
    return 0;
}

/* In one piece: jansson writes character by character. */
static int send_json(const struct exercise_result *result, int fd)
{
    json_t *json = exercise_to_json(result);
    char *text = json ? json_dumps(json, JSON_COMPACT) : NULL;
    int rc = text ? send_all(fd, text, strlen(text)) : -1;
    free(text);
    json_decref(json);
    return rc;
}

/* Where each CPU has its worker, the compiler keeps to it as well: elsewhere it
 * would wait for another worker's program, and let this CPU go idle. */
static void stay_on(int cpu)
{
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET((size_t)(cpu > 0 ? cpu - 1 : 0), &one);
    if (cpu > 0)
        sched_setaffinity(0, sizeof one, &one);
}

/* The worker's whole life; it must not return, nor run what the parent has
 * registered by atexit(3). */
static _Noreturn void be_worker(const struct pool *pool, size_t exercise,
                                int cpu, int fd, pid_t parent)
{
    struct exercise_result result;
    struct grade_request request = *pool->request;
    struct work work = {
        .request = &request,
        .exercise = pool->exercises[exercise],
        .workdir = pool->workdir,
        .tick = tick,
        .context = &fd,
    };
    request.on_cpu = request.on_cpu > 0 ? request.on_cpu : cpu;
    stay_on(request.on_cpu);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent || work_do(&work, &result) < 0)
        _exit(EXIT_FAILURE);
    if (send_json(&result, fd) < 0)
        _exit(EXIT_FAILURE);
    exercise_result_clear(&result);
    _exit(EXIT_SUCCESS);
}

static bool is_taken(const struct pool *pool, int cpu)
{
    for (size_t i = 0; i < pool->n_workers; i++)
        if (pool->workers[i].cpu == cpu)
            return true;
    return false;
}

/* A CPU of ours that no other worker has, or 0.  Two that were kept on one CPU
 * would wait for each other while another is idle.  Who works alone stays where
 * the kernel puts it, as other gradings may run beside this one. */
static int free_cpu(const struct pool *pool)
{
    cpu_set_t ours;
    int here = sched_getcpu();
    if (pool->request->jobs < 2 || here < 0 ||
        sched_getaffinity(0, sizeof ours, &ours) < 0)
        return 0;
    for (int i = 0; i < CPU_SETSIZE; i++) {
        int cpu = (here + i) % CPU_SETSIZE;
        if (CPU_ISSET((size_t)cpu, &ours) && !is_taken(pool, cpu + 1))
            return cpu + 1;
    }
    return 0;
}

/* How much there is to do, in runs.  One that goes on for an hour of virtual
 * time takes as long as some eighty others (measured). */
static int64_t length(const struct pool *pool, size_t exercise)
{
    enum { MS_A_RUN = 3600 * 1000 / 80 };
    const struct exercise *e = pool->exercises[exercise];
    int64_t runs = work_runs(pool->request, e);
    for (const struct scenario *s = e->scenarios; s->name; s++)
        for (size_t i = 0; i < SCENARIO_STEPS; i++)
            runs += s->steps[i].at_ms / MS_A_RUN;
    return runs;
}

/* The longest comes first: at the end no CPU waits long for another. */
static size_t longest(const struct pool *pool)
{
    size_t best = pool->n;
    for (size_t i = 0; i < pool->n; i++)
        if (!pool->started[i] &&
            (best == pool->n || length(pool, i) > length(pool, best)))
            best = i;
    return best;
}

static int start(struct pool *pool)
{
    int fds[2], cpu = free_cpu(pool);
    size_t exercise = longest(pool);
    pid_t parent = getpid();
    if (pipe2(fds, 0) < 0)
        return -errno;
    pid_t pid = fork();
    if (pid == 0) {
        close(fds[0]);
        be_worker(pool, exercise, cpu, fds[1], parent);
    }
    int rc = pid < 0 ? -errno : 0;
    close(fds[1]);
    if (rc < 0) {
        close(fds[0]);
        return rc;
    }
    pool->workers[pool->n_workers++] = (struct worker){
        .pid = pid,
        .fd = fds[0],
        .exercise = exercise,
        .cpu = cpu,
    };
    pool->started[exercise] = true;
    pool->next++;
    return 0;
}

static int keep(struct worker *w, const char *bytes, size_t n)
{
    w->too_much |= w->len + n > ANSWER_AT_MOST;
    if (w->too_much || n == 0)
        return 0;
    if (w->len + n > w->room) {
        size_t room = 2 * (w->len + n);
        char *more = realloc(w->bytes, room);
        if (!more)
            return -ENOMEM;
        w->bytes = more;
        w->room = room;
    }
    memcpy(w->bytes + w->len, bytes, n);
    w->len += n;
    return 0;
}

/* Dots come before the JSON, which holds none outside. */
static int take_bytes(struct pool *pool, struct worker *w, const char *bytes,
                      size_t n)
{
    size_t dots = 0;
    while (w->len == 0 && dots < n && bytes[dots] == '.')
        dots++;
    pool->done += (int)dots;
    if (dots > 0 && pool->request->progress)
        pool->request->progress(pool->request->context, pool->done,
                                pool->total);
    return keep(w, bytes + dots, n - dots);
}

static bool is_expected(const struct exercise_result *have,
                        const struct exercise_result *want)
{
    if (strcmp(have->id, want->id) != 0 || have->n_checks != want->n_checks)
        return false;
    for (size_t i = 0; i < have->n_checks; i++)
        if (strcmp(have->checks[i].id, want->checks[i].id) != 0)
            return false;
    return true;
}

/* Reads the worker's answer into what is a grader error so far. */
static int take_answer(struct pool *pool, const struct worker *w,
                       struct exercise_result *result)
{
    struct exercise_result answer;
    json_error_t error;
    json_t *json = json_loadb(w->bytes ? w->bytes : "", w->len,
                              JSON_REJECT_DUPLICATES, &error);
    if (!json || exercise_from_json(json, &answer, NULL) < 0) {
        json_decref(json);
        return 0;
    }
    if (!is_expected(&answer, result)) {
        exercise_result_clear(&answer);
        json_decref(json);
        return 0;
    }
    exercise_result_clear(result);
    *result = answer;
    return json_array_append_new(pool->documents, json) ? -ENOMEM : 0;
}

static int finish(struct pool *pool, struct worker *w)
{
    int status = -1;
    while (waitpid(w->pid, &status, 0) < 0 && errno == EINTR)
        ;
    struct exercise_result *result = &pool->results[w->exercise];
    int rc = work_blank(pool->request, pool->exercises[w->exercise],
                        "The grader itself came to grief over this exercise: "
                        "grade again, and report it if it stays so.",
                        result);
    if (rc == 0 && status == 0 && !w->too_much)
        rc = take_answer(pool, w, result);
    close(w->fd);
    free(w->bytes);
    *w = pool->workers[--pool->n_workers];
    return rc;
}

/* Takes what a worker has to say; its end is seen as the end of the pipe. */
static int listen_to(struct pool *pool, struct worker *w)
{
    char chunk[8192];
    ssize_t n = read(w->fd, chunk, sizeof chunk);
    if (n < 0)
        return errno == EINTR ? 0 : -errno;
    return n == 0 ? finish(pool, w) : take_bytes(pool, w, chunk, (size_t)n);
}

static int listen_to_all(struct pool *pool)
{
    struct pollfd fds[64];
    nfds_t n = (nfds_t)pool->n_workers;
    for (size_t i = 0; i < pool->n_workers; i++)
        fds[i] = (struct pollfd){.fd = pool->workers[i].fd, .events = POLLIN};
    if (poll(fds, n, -1) < 0)
        return errno == EINTR ? 0 : -errno;
    int rc = 0;
    /* Backwards, as a worker that ends is replaced by the last one. */
    for (size_t i = (size_t)n; i-- > 0 && rc == 0;)
        if (fds[i].revents)
            rc = listen_to(pool, &pool->workers[i]);
    return rc;
}

static void give_up(struct pool *pool)
{
    for (size_t i = 0; i < pool->n_workers; i++) {
        kill(pool->workers[i].pid, SIGKILL);
        waitpid(pool->workers[i].pid, NULL, 0);
        close(pool->workers[i].fd);
        free(pool->workers[i].bytes);
    }
    for (size_t i = 0; i < pool->n; i++)
        exercise_result_clear(&pool->results[i]);
    json_decref(pool->documents);
}

static int grade_all(struct pool *pool, size_t jobs)
{
    int rc = 0;
    while (rc == 0 && (pool->next < pool->n || pool->n_workers > 0)) {
        while (rc == 0 && pool->next < pool->n && pool->n_workers < jobs)
            rc = start(pool);
        if (rc == 0)
            rc = listen_to_all(pool);
    }
    return rc;
}

int pool_grade(const struct grade_request *request, const char *workdir,
               const struct exercise *const *exercises, size_t n,
               struct exercise_result *results, json_t **documents)
{
    struct worker workers[64];
    size_t jobs = request->jobs < 1 ? 1 : (size_t)request->jobs;
    struct pool pool = {
        .request = request,
        .workdir = workdir,
        .exercises = exercises,
        .n = n,
        .results = results,
        .documents = json_array(),
        .workers = workers,
        .started = calloc(n ? n : 1, sizeof(bool)),
    };
    if (!pool.documents || !pool.started) {
        json_decref(pool.documents);
        free(pool.started);
        return -ENOMEM;
    }
    for (size_t i = 0; i < n; i++) {
        pool.total += work_runs(request, exercises[i]);
        results[i] = (struct exercise_result){.id = NULL};
    }
    int rc = grade_all(&pool, jobs < 64 ? jobs : 64);
    free(pool.started);
    if (rc < 0)
        give_up(&pool);
    else
        *documents = pool.documents;
    return rc;
}
