// four workers take jobs from a pipe and send results back by another; the
// parent sorts nothing, it only adds up
#include "subject.h"

static int jobs[2], results[2];

static void worker(void)
{
    int job;
    close(jobs[1]);
    while (read(jobs[0], &job, sizeof job) == sizeof job) {
        nap(job % 5);
        job *= job;
        must((int)write(results[1], &job, sizeof job), "write");
    }
}

int main(void)
{
    int sum = 0, n = 0, square, workers = 0;
    must(pipe(jobs), "pipe");
    must(pipe(results), "pipe");
    for (int i = 0; i < 4; i++)
        start(worker);
    close(jobs[0]), close(results[1]);
    for (int i = 1; i <= 40; i++)
        must((int)write(jobs[1], &i, sizeof i), "write");
    close(jobs[1]);
    while (read(results[0], &square, sizeof square) == sizeof square)
        sum += square, n++;
    while (wait(NULL) > 0)
        workers++;
    say("%d results, sum %d, %d workers\n", n, sum, workers);
}
