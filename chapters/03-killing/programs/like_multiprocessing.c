#include <err.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

/* What multiprocessing.Process keeps of a child. */
struct process {
    pid_t pid;
    bool over;    /* exitcode is not None */
    int exitcode; /* minus the signal, if a signal has ended it */
};

/* p.start() */
static struct process start(void (*target)(void))
{
    struct process p = {.pid = fork()};
    if (p.pid == -1)
        err(EXIT_FAILURE, "fork");
    if (p.pid == 0) {
        target();
        _exit(EXIT_SUCCESS);
    }
    return p;
}

/* p.join(): also what p.is_alive() and p.exitcode do, with WNOHANG. */
static void join(struct process *p, int options)
{
    int status;
    if (p->over || waitpid(p->pid, &status, options) != p->pid)
        return;
    p->over = true;
    p->exitcode = WIFSIGNALED(status) ? -WTERMSIG(status) : WEXITSTATUS(status);
}

/* p.is_alive() */
static bool is_alive(struct process *p)
{
    join(p, WNOHANG);
    return !p->over;
}

/* p.terminate() and p.kill() */
static void send_signal(const struct process *p, int sig)
{
    if (!p->over)
        kill(p->pid, sig);
}

static void an_hour(void)
{
    sleep(3600);
}

static void a_second(void)
{
    sleep(1);
}

int main(void)
{
    struct process p = start(an_hour), q = start(a_second);
    printf("p alive: %s\n", is_alive(&p) ? "True" : "False");
    send_signal(&p, SIGTERM);
    join(&p, 0);
    join(&q, 0);
    printf("p alive: %s\n", is_alive(&p) ? "True" : "False");
    printf("p exitcode: %d, q exitcode: %d\n", p.exitcode, q.exitcode);
    return EXIT_SUCCESS;
}
