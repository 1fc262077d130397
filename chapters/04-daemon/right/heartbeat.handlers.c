/* Handlers set flags; a sleep until a point in time that ppoll() makes, which
 * lets signals in only there. */
#define _GNU_SOURCE
#include <err.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t hup, term;

static void on_signal(int sig)
{
    if (sig == SIGHUP)
        hup = 1;
    else
        term = 1;
}

static long long now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000000000LL + t.tv_nsec;
}

static FILE *open_log(const char *name)
{
    FILE *log = fopen(name, "ae");
    if (!log)
        err(EXIT_FAILURE, "%s", name);
    setvbuf(log, NULL, _IOLBF, 0);
    return log;
}

int main(int argc, char **argv)
{
    struct sigaction action = {.sa_handler = on_signal};
    sigset_t set, none;
    long beats = 0;
    if (argc != 4)
        errx(2, "usage: heartbeat LOG PIDFILE WORK_MS");
    long long start = now_ns();
    sigemptyset(&none);
    sigemptyset(&set);
    sigaddset(&set, SIGHUP);
    sigaddset(&set, SIGTERM);
    sigprocmask(SIG_BLOCK, &set, NULL);
    sigaction(SIGHUP, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    FILE *pid_file = fopen(argv[2], "we");
    if (!pid_file || fprintf(pid_file, "%d\n", getpid()) < 0 ||
        fclose(pid_file) == EOF)
        err(EXIT_FAILURE, "%s", argv[2]);
    FILE *log = open_log(argv[1]);
    fprintf(log, "Started.\n");
    while (!term) {
        long long left = start + (beats + 1) * 1000000000LL - now_ns();
        if (left <= 0) {
            fprintf(log, "Beat %ld\n", ++beats);
            usleep((useconds_t)(strtol(argv[3], NULL, 10) * 1000));
            continue;
        }
        struct timespec time = {.tv_sec = left / 1000000000,
                                .tv_nsec = left % 1000000000};
        ppoll(NULL, 0, &time, &none);
        if (hup) {
            hup = 0;
            fclose(log);
            log = open_log(argv[1]);
            fprintf(log, "Log reopened.\n");
        }
    }
    fprintf(log, "Goodbye after %ld beats.\n", beats);
    unlink(argv[2]);
    return EXIT_SUCCESS;
}
