/* vfork() and exec of this program, the last download first; waitid() in that
 * order too; lines by dprintf(), which has no buffer. */
#include <err.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MOST = 1000 };

static int is_seconds(const char *text)
{
    size_t digits = strspn(text, "0123456789");
    return digits > 0 && digits < 6 && text[digits] == '\0' &&
           atoi(text) >= 1 && atoi(text) <= 3600;
}

static int be_download(const char *ordinal, const char *seconds)
{
    struct timespec left = {.tv_sec = atoi(seconds)};
    dprintf(1, "[Process %s] Starting download...\n", ordinal);
    while (nanosleep(&left, &left) == -1)
        ;
    dprintf(1, "[Process %s] Finished downloading in %d seconds.\n", ordinal,
            atoi(seconds));
    return 0;
}

int main(int argc, char **argv)
{
    pid_t pids[MOST];
    if (argc == 3 && strcmp(argv[0], "download") == 0)
        return be_download(argv[1], argv[2]);
    if (argc > MOST)
        errx(2, "too many downloads");
    for (int i = 1; i < argc; i++) {
        if (!is_seconds(argv[i]))
            errx(2, "%s: not a number of seconds", argv[i]);
    }
    for (int i = argc - 1; i > 0; i--) {
        char ordinal[20];
        snprintf(ordinal, sizeof ordinal, "%d", i);
        pids[i] = vfork();
        if (pids[i] == 0) {
            execl("/proc/self/exe", "download", ordinal, argv[i], (char *)NULL);
            _exit(127);
        }
        if (pids[i] == -1) {
            warn("vfork");
            while (wait(NULL) > 0)
                ;
            return 1;
        }
    }
    int failures = 0;
    for (int i = argc - 1; i > 0; i--) {
        siginfo_t info;
        if (waitid(P_PID, (id_t)pids[i], &info, WEXITED) == -1)
            err(1, "waitid");
        if (info.si_code != CLD_EXITED || info.si_status != 0) {
            warnx("download %d failed", i);
            failures++;
        }
    }
    if (failures > 0)
        return 1;
    dprintf(1, "All downloads completed successfully!\n");
    return 0;
}
