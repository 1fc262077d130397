#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

#include "observer/observe.h"
#include "sandbox/machine.h"

int observe_ready(enum observe_world world, const char **why)
{
    static _Thread_local char text[128];
    const char *const argv[] = {"/bin/true", NULL};
    struct observe_request request = {.argv = argv, .world = world};
    struct trace *trace = NULL;
    if (access(argv[0], X_OK) < 0)
        return 0; /* nothing is known: the first real run will tell */
    int r = observe(&request, &trace, why);
    if (r < 0)
        return r;
    enum trace_outcome outcome = trace->outcome;
    trace_free(trace);
    if (outcome == TRACE_ENDED)
        return 0;
    snprintf(text, sizeof text,
             "/bin/true, observed, did not come to its end (%s); look "
             "whether this machine is overloaded",
             trace_outcome_name(outcome));
    if (why)
        *why = text;
    return -EIO;
}

int observe_ptrace_ready(const char **why)
{
    pid_t child = fork();
    if (child == 0)
        for (;;)
            pause();
    if (child < 0)
        return -errno;
    int r = ptrace(PTRACE_SEIZE, child, 0, 0) == 0 ? 0 : -EPERM;
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    if (r < 0 && why)
        *why = machine_no_ptrace();
    return r;
}
