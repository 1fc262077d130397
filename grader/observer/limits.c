/* How much a program may use. */
#include "observer/state.h"

const struct observe_limits observe_limits_default = {
    .virtual_ns = INT64_C(600) * 1000000000,
    .cpu_ns = INT64_C(5) * 1000000000,
    .wall_ns = INT64_C(60) * 1000000000,
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
