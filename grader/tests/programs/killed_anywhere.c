// SIGKILL by a sibling at any moment: in each kind of wait, stopped, in vfork,
// between two execs, while a child is being born
#include "subject.h"
#include <poll.h>
#include <pthread.h>
#include <semaphore.h>

static int ready[2], victim_pipe[2];
static const char *self;

static void is_ready(void)
{
    must((int)write(ready[1], "r", 1), "write");
}

static void in_sleep(void)
{
    is_ready();
    nap(60000);
}

static void in_poll(void)
{
    is_ready();
    poll(NULL, 0, 60000);
}

static void in_pause(void)
{
    is_ready();
    pause();
}

static void in_read(void)
{
    char c;
    is_ready();
    must((int)read(victim_pipe[0], &c, 1), "read");
}

static void in_semaphore(void)
{
    static sem_t sem;
    struct timespec t = in_ms(CLOCK_REALTIME, 60000);
    sem_init(&sem, 0, 0);
    is_ready();
    sem_timedwait(&sem, &t);
}

static void *wait_in_thread(void *arg)
{
    pause();
    return arg;
}

static void with_threads(void)
{
    pthread_t thread;
    for (int i = 0; i < 2; i++)
        pthread_create(&thread, NULL, wait_in_thread, NULL);
    is_ready();
    pthread_join(thread, NULL);
}

static void in_group_stop(void)
{
    is_ready();
    raise(SIGSTOP);
    nap(60000);
}

static void short_nap(void)
{
    is_ready();
    nap(50);
}

static void in_wait(void)
{
    reap(start(short_nap));
}

static void in_vfork(void)
{
    if (vfork() == 0) {
        is_ready();
        nap(20);
        _exit(0);
    }
    nap(60000);
}

static void in_exec(void)
{
    is_ready();
    execl(self, self, "20", (char *)NULL);
}

/* Executes itself so many times; the schedule says where it is killed. */
static void exec_again(int times)
{
    char text[16];
    snprintf(text, sizeof text, "%d", times - 1);
    if (times > 0)
        execl(self, self, text, (char *)NULL);
    pause();
}

static void giving_birth(void)
{
    is_ready();
    for (int i = 0; i < 20; i++)
        if (fork() == 0)
            _exit(0);
        else
            wait(NULL);
    pause();
}

static void try(const char *name, void (*victim)(void))
{
    char c;
    pid_t pid = start(victim);
    pid_t killer = must(fork(), "fork");
    if (killer == 0) {
        must((int)read(ready[0], &c, 1), "read");
        _exit(kill(pid, SIGKILL) == -1);
    }
    say("%s: %s, ", name, how(reap(pid)));
    say("killer: %s\n", how(reap(killer)));
}

int main(int argc, char **argv)
{
    self = argv[0];
    if (argc > 1)
        exec_again(atoi(argv[1]));
    must(pipe(ready), "pipe");
    must(pipe(victim_pipe), "pipe");
    try("sleep", in_sleep);
    try("poll", in_poll);
    try("pause", in_pause);
    try("read", in_read);
    try("semaphore", in_semaphore);
    try("threads", with_threads);
    try("stopped", in_group_stop);
    try("wait", in_wait);
    try("vfork", in_vfork);
    try("exec", in_exec);
    try("birth", giving_birth);
}
