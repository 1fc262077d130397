#include "tests/soak/load.h"

#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

static const size_t bytes = 256 << 20;

static void compute(void)
{
    for (volatile unsigned long n = 0;; n++)
        ;
}

static void fill_memory(void)
{
    for (;;) {
        void *memory = mmap(NULL, bytes, PROT_READ | PROT_WRITE,
                            MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory != MAP_FAILED) {
            memset(memory, 1, bytes);
            munmap(memory, bytes);
        }
    }
}

static void start(struct load *load, void (*what)(void))
{
    pid_t parent = getpid(), pid = fork();
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        prctl(PR_SET_NAME, "soak-load");
        if (getppid() == parent)
            what();
        _exit(0);
    }
    if (pid > 0)
        load->pid[load->n++] = pid;
}

void load_start(struct load *load)
{
    long hogs = sysconf(_SC_NPROCESSORS_ONLN) + 1;
    load->n = 0;
    for (long i = 0; i < hogs && i < LOAD_MOST - 1; i++)
        start(load, compute);
    start(load, fill_memory);
}

void load_stop(struct load *load)
{
    for (int i = 0; i < load->n; i++)
        kill(load->pid[i], SIGKILL);
    for (int i = 0; i < load->n; i++)
        waitpid(load->pid[i], NULL, 0);
    load->n = 0;
}
