/* Each worker is this program again.  PR_SET_PDEATHSIG survives exec, but is
 * asked for behind it, where more than a few calls are allowed. */
#include <err.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

enum { MOST = 100 };

/* NORMAL or DAEMON, main's pid, name, seconds. */
static int be_worker(char **argv)
{
    int daemon = strcmp(argv[1], "daemon") == 0;
    if (daemon) {
        if (prctl(PR_SET_PDEATHSIG, SIGTERM) == -1)
            err(1, "prctl");
        if (getppid() != atoi(argv[2]))
            return 1;
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("[%s] Working%s...\n", argv[3], daemon ? " in the background" : "");
    for (unsigned left = (unsigned)atoi(argv[4]); left > 0;)
        left = sleep(left);
    printf("[%s] Finished in %s seconds.\n", argv[3], argv[4]);
    return 0;
}

/* Cuts an argument in place. */
static void split(char *arg, char **kind, char **name, char **seconds)
{
    static char normal[] = "normal";
    char *first = strchr(arg, ':'), *last = strrchr(arg, ':');
    if (!first || first == arg)
        errx(2, "%s: not [daemon:]NAME:SECONDS", arg);
    size_t digits = strspn(last + 1, "0123456789");
    if (digits == 0 || digits > 5 || last[1 + digits] || atoi(last + 1) < 1 ||
        atoi(last + 1) > 3600)
        errx(2, "%s: not a number of seconds", arg);
    *first = *last = '\0';
    *seconds = last + 1;
    *kind = first == last ? normal : arg;
    *name = first == last ? arg : first + 1;
    if (first != last && (strcmp(arg, "daemon") != 0 || last == first + 1 ||
                          strchr(first + 1, ':')))
        errx(2, "%s: not the word daemon", arg);
}

int main(int argc, char **argv)
{
    char *kind[MOST], *name[MOST], *seconds[MOST], self[20];
    pid_t pid[MOST];
    if (argc == 5 && strcmp(argv[0], "a worker") == 0)
        return be_worker(argv);
    if (argc > MOST)
        errx(2, "too many workers");
    for (int i = 1; i < argc; i++)
        split(argv[i], &kind[i], &name[i], &seconds[i]);
    printf("Main process started.\n");
    fflush(stdout);
    snprintf(self, sizeof self, "%d", (int)getpid());
    for (int i = 1; i < argc; i++) {
        pid[i] = vfork();
        if (pid[i] == 0) {
            execl("/proc/self/exe", "a worker", kind[i], self, name[i],
                  seconds[i], (char *)NULL);
            _exit(127);
        }
        if (pid[i] == -1) {
            warn("vfork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
    }
    int failures = 0;
    for (int i = 1; i < argc; i++) {
        siginfo_t info;
        if (strcmp(kind[i], "daemon") == 0)
            continue;
        if (waitid(P_PID, (id_t)pid[i], &info, WEXITED) == -1)
            err(1, "waitid");
        failures += info.si_code != CLD_EXITED || info.si_status != 0;
    }
    if (failures > 0)
        warnx("%d workers failed", failures);
    printf("Main process finished.\n");
    return failures > 0;
}
