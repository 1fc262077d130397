/* How much a program may use. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "observer/internal.h"

static const int64_t look_ns = 20000000; /* real time between looks at memory */

const struct observe_limits observe_limits_default = {
    .virtual_ns = INT64_C(600) * 1000000000,
    .cpu_ns = INT64_C(5) * 1000000000,
    .wall_ns = INT64_C(180) * 1000000000,
    .events = 400000,
    .output = 1 << 20,
    .tasks = 128,
    .memory = 256 << 20,
    .files = 16 << 20,
};

/* Whoever runs a program by hand can end it by hand. */
static const struct observe_limits limits_by_hand = {
    .virtual_ns = INT64_C(366) * 86400 * 1000000000,
    .cpu_ns = INT64_C(3600) * 1000000000,
    .wall_ns = INT64_C(3600) * 1000000000,
    .events = 1000000000,
    .output = (size_t)1 << 30,
    .tasks = 8192,
    .memory = (size_t)16 << 30,
    .files = (size_t)1 << 30,
};

#define DEFAULT(field) (given->field ? given->field : otherwise->field)

struct observe_limits fill_limits(const struct observe_request *r)
{
    const struct observe_limits *given = &r->limits;
    const struct observe_limits *otherwise =
        r->world == OBSERVE_RUN ? &limits_by_hand : &observe_limits_default;
    return (struct observe_limits){
        .virtual_ns = DEFAULT(virtual_ns), .cpu_ns = DEFAULT(cpu_ns),
        .wall_ns = DEFAULT(wall_ns),       .events = DEFAULT(events),
        .output = DEFAULT(output),         .tasks = DEFAULT(tasks),
        .memory = DEFAULT(memory),         .files = DEFAULT(files),
    };
}

/* --- how much it uses ------------------------------------------------------- */

static size_t memory_of(const struct process *p)
{
    char path[64], text[128];
    unsigned long total, resident;
    snprintf(path, sizeof path, "/proc/%d/statm", p->tgid);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd < 0 ? 0 : read(fd, text, sizeof text - 1);
    if (fd >= 0)
        close(fd);
    text[n > 0 ? n : 0] = '\0';
    if (sscanf(text, "%lu %lu", &total, &resident) != 2)
        return 0;
    return resident * (size_t)sysconf(_SC_PAGESIZE);
}

static void check_memory(struct observer *o, int64_t wall)
{
    size_t sum = 0;
    if (wall - o->memory_checked < look_ns)
        return;
    o->memory_checked = wall;
    for (int i = 0; i < o->n_processes; i++)
        if (!o->processes[i]->gone && !o->processes[i]->zombie)
            sum += memory_of(o->processes[i]);
    if (sum > o->limits.memory)
        finish(o, TRACE_LIMIT_MEMORY);
}

static void check_cpu(struct observer *o)
{
    uint64_t sum = o->cpu_dead;
    for (int i = 0; i < o->n_tasks; i++)
        sum += o->tasks[i]->cpu_ns;
    if (sum > (uint64_t)o->limits.cpu_ns)
        finish(o, TRACE_LIMIT_CPU);
}

void check_limits(struct observer *o)
{
    if (o->n_tasks > o->limits.tasks)
        finish(o, TRACE_LIMIT_PROCESSES);
    if (o->events > o->limits.events)
        finish(o, TRACE_LIMIT_EVENTS);
    if (o->out_of_memory) {
        o->error = -ENOMEM;
        o->over = true;
    }
}

/* Seldom: when a task computes, and every thousand turns. */
void check_real_limits(struct observer *o)
{
    int64_t wall = wall_now();
    check_cpu(o);
    check_memory(o, wall);
    if (wall - o->wall_start > o->limits.wall_ns)
        finish(o, TRACE_LIMIT_WALL);
}
