/* pair [-c] [-n PAIRS] A... :: B...: runs two commands in turn and compares how
 * long they take, or (-c) how much CPU time they and their children use.
 *
 * Prints one line:
 *
 *     RATIO A B DIFFERENCE LOW HIGH
 *
 * the medians over all pairs of A / B, of A and of B in seconds, of A - B in
 * seconds, and the interval in which the first of these lies with at least
 * 95 % probability: by the order of the ratios, whatever their distribution
 * (W. J. Conover, Practical Nonparametric Statistics, 3.2).  Each pair is
 * compared with itself, and in every second one B goes first: so a machine that
 * is busier for a while makes both sides slower.  Output of the commands is
 * thrown away; one that fails ends the measurement.  One pair before the first
 * warms up the caches. */
#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { PAIRS = 9, MOST = 1001, EXIT_USAGE = 2 };

static bool of_cpu;

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static _Noreturn void become(char **command)
{
    int null = open("/dev/null", O_RDWR);
    if (null == -1)
        _exit(126);
    dup2(null, STDIN_FILENO);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
    execvp(command[0], command);
    _exit(127);
}

static double in_seconds(struct timeval t)
{
    return (double)t.tv_sec + (double)t.tv_usec / 1e6;
}

static double seconds(char **command)
{
    int status;
    struct rusage usage;
    double begin = now();
    pid_t pid = fork();
    if (pid == -1)
        err(EXIT_FAILURE, "fork");
    if (pid == 0)
        become(command);
    if (wait4(pid, &status, 0, &usage) == -1)
        err(EXIT_FAILURE, "wait4");
    double taken = now() - begin;
    if (of_cpu)
        taken = in_seconds(usage.ru_utime) + in_seconds(usage.ru_stime);
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        errx(EXIT_FAILURE, "%s: failed (wait status 0x%x)", command[0],
             (unsigned)status);
    return taken;
}

static int compare(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* The value below which this share of all lie; sorts them. */
static double quantile(double *values, int n, double share)
{
    qsort(values, (size_t)n, sizeof *values, compare);
    return values[(int)(share * (n - 1) + 0.5)];
}

/* The rank, from 0, of the lower end of the interval of a median: as many
 * tosses of a coin in n show at most that many heads with 2.5 % or less. */
static int rank_of_low(int n)
{
    int rank = 0;
    double below = 0, term = 1;
    for (int i = 0; i < n; i++)
        term /= 2;
    for (; rank < n; rank++) {
        below += term;
        if (below > 0.025)
            break;
        term = term * (n - rank) / (rank + 1);
    }
    return rank > 0 ? rank - 1 : 0;
}

static void measure(char **a, char **b, int pairs)
{
    static double ratio[MOST], of_a[MOST], of_b[MOST], difference[MOST];
    seconds(a);
    seconds(b);
    for (int i = 0; i < pairs; i++) {
        if (i % 2 == 0)
            of_a[i] = seconds(a);
        of_b[i] = seconds(b);
        if (i % 2 == 1)
            of_a[i] = seconds(a);
        ratio[i] = of_a[i] / of_b[i];
        difference[i] = of_a[i] - of_b[i];
    }
    double median = quantile(ratio, pairs, 0.5);
    int low = rank_of_low(pairs);
    printf("%.6f %.9f %.9f %.9f %.6f %.6f\n", median,
           quantile(of_a, pairs, 0.5), quantile(of_b, pairs, 0.5),
           quantile(difference, pairs, 0.5), ratio[low],
           ratio[pairs - 1 - low]);
}

int main(int argc, char **argv)
{
    int first = 1, pairs = PAIRS;
    if (argc > first && strcmp(argv[first], "-c") == 0) {
        of_cpu = true;
        first++;
    }
    if (argc > first + 1 && strcmp(argv[first], "-n") == 0) {
        pairs = atoi(argv[first + 1]);
        first += 2;
    }
    int middle = first;
    while (middle < argc && strcmp(argv[middle], "::") != 0)
        middle++;
    if (pairs < 1 || pairs > MOST || middle == first || middle + 1 >= argc)
        errx(EXIT_USAGE, "usage: pair [-c] [-n PAIRS] A... :: B...");
    argv[middle] = NULL;
    measure(argv + first, argv + middle + 1, pairs);
    return EXIT_SUCCESS;
}
