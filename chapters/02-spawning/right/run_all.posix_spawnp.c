/* posix_spawnp() for fork() and exec: that exec failed, it returns, and the
 * child that failed it has reaped itself.  So there main has to report what no
 * waitpid() will say.  Words by strspn() and strndup(). */
#include <err.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

static char **split(const char *text)
{
    char **words = NULL;
    size_t n = 0;
    for (text += strspn(text, " "); *text; text += strspn(text, " ")) {
        size_t len = strcspn(text, " ");
        words = realloc(words, (n + 2) * sizeof *words);
        if (!words || !(words[n++] = strndup(text, len)))
            err(1, NULL);
        words[n] = NULL;
        text += len;
    }
    return words;
}

/* The exit code if there is no process, else -1. */
static int start(char **words, pid_t *pid)
{
    int error = posix_spawnp(pid, words[0], NULL, NULL, words, environ);
    if (error == 0)
        return -1;
    warnx("%s: %s", words[0], strerror(error));
    return error == ENOENT ? 127 : 126;
}

int main(int argc, char **argv)
{
    int n = argc - 1, bad = 0;
    char **words[n + 1];
    pid_t pids[n + 1];
    int codes[n + 1];
    if (n == 0)
        errx(2, "nothing to run");
    for (int i = 0; i < n; i++) {
        if (!(words[i] = split(argv[i + 1])))
            errx(2, "\"%s\" is no command", argv[i + 1]);
    }
    printf("Running %d commands.\n", n);
    for (int i = 0; i < n; i++)
        codes[i] = start(words[i], &pids[i]);
    for (int i = 0; i < n; i++) {
        int status = codes[i] << 8;
        if (codes[i] == -1 && waitpid(pids[i], &status, 0) == -1)
            err(1, "waitpid");
        printf("[%d] %s: %s %d\n", i + 1, argv[i + 1],
               WIFSIGNALED(status) ? "killed by signal" : "exit code",
               WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
        bad |= status != 0;
    }
    return bad;
}
