#include "report/tool.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "course/cleanup.h"

enum { SAID_MOST = 4096, FILE_MOST_MB = 256, CPU_S = 20, WORDS_MOST = 96 };

/* Programs and libraries, fonts, and what was made for this run. */
static const char *const walls[] = {
    "bwrap", "--unshare-all", "--die-with-parent", "--new-session",
    "--ro-bind", "/usr", "/usr",
    "--symlink", "usr/bin", "/bin",
    "--symlink", "usr/lib", "/lib",
    "--symlink", "usr/lib64", "/lib64",
    "--ro-bind-try", "/etc/fonts", "/etc/fonts",
    "--ro-bind-try", "/etc/ld.so.cache", "/etc/ld.so.cache",
    "--ro-bind-try", "/var/cache/fontconfig", "/var/cache/fontconfig",
    "--proc", "/proc", "--dev", "/dev", "--tmpfs", "/tmp",
};
/* Behind these the directory, at its own place, and the command. */
static const char *const rest[] = {
    "--clearenv", "--setenv", "PATH", "/usr/bin:/bin", "--setenv", "HOME",
    "/tmp", "--setenv", "LC_ALL", "C.UTF-8", "--",
};

struct words {
    const char *word[WORDS_MOST];
    size_t n;
};

static void add(struct words *words, const char *const *from, size_t n)
{
    for (size_t i = 0; i < n && words->n < WORDS_MOST - 1; i++)
        words->word[words->n++] = from[i];
    words->word[words->n] = NULL;
}

static void compose(const struct tool_request *request, struct words *words)
{
    const char *const place[] = {"--bind", request->dir, request->dir,
                                 "--chdir", request->dir};
    size_t n = 0;
    while (request->argv[n])
        n++;
    *words = (struct words){.n = 0};
    if (request->shut_in) {
        add(words, walls, sizeof walls / sizeof *walls);
        add(words, place, sizeof place / sizeof *place);
        add(words, rest, sizeof rest / sizeof *rest);
    }
    add(words, request->argv, n);
}

/* --- the child ------------------------------------------------------------ */

static _Noreturn void become(const struct words *words, const char *dir,
                             int out)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    rlim_t size = (rlim_t)FILE_MOST_MB << 20;
    struct rlimit file = {size, size}, none = {0, 0}, cpu = {CPU_S, CPU_S};
    setpgid(0, 0);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    setrlimit(RLIMIT_FSIZE, &file);
    setrlimit(RLIMIT_CORE, &none);
    setrlimit(RLIMIT_CPU, &cpu);
    setenv("LC_ALL", "C.UTF-8", 1);
    if (null >= 0 && dup2(null, 0) == 0 && dup2(out, 1) == 1 &&
        dup2(out, 2) == 2 && chdir(dir) == 0)
        execvp(words->word[0], (char *const *)words->word);
    _exit(errno == ENOENT ? 127 : 126);
}

/* --- the parent ----------------------------------------------------------- */

static int64_t now_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Keeps the end of what is said: there stands why. */
static void keep(char *said, size_t *len, const char *chunk, size_t n)
{
    if (*len + n > SAID_MOST) {
        size_t drop = *len + n - SAID_MOST;
        memmove(said, said + drop, *len - drop);
        *len -= drop;
    }
    memcpy(said + *len, chunk, n);
    *len += n;
    said[*len] = '\0';
}

/* Until all who could write have ended. @return false: the time was over */
static bool listen_to(int fd, int64_t until, char *said)
{
    char chunk[1024];
    size_t len = 0;
    for (;;) {
        struct pollfd p = {.fd = fd, .events = POLLIN};
        int64_t left = until - now_ms();
        if (left <= 0 || (poll(&p, 1, (int)left) == 0))
            return false;
        ssize_t n = read(fd, chunk, sizeof chunk);
        if (n == 0)
            return true;
        if (n > 0)
            keep(said, &len, chunk, (size_t)n);
    }
}

/* @return false: the time was over */
static bool await(pid_t child, int64_t until)
{
    autoclose int fd = (int)syscall(SYS_pidfd_open, child, 0);
    struct pollfd p = {.fd = fd, .events = POLLIN};
    int64_t left = until - now_ms();
    return fd < 0 || (left > 0 && poll(&p, 1, (int)left) == 1);
}

/* Nobody but the kernel kills it, at the end of its CPU time; bubblewrap then
 * says so as a shell does. */
static int outcome(int status, bool in_time)
{
    if (!in_time || WIFSIGNALED(status) ||
        (WIFEXITED(status) && WEXITSTATUS(status) == 128 + SIGKILL))
        return -ETIME;
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return 0;
    return WIFEXITED(status) && WEXITSTATUS(status) == 127 ? -ENOENT : -EIO;
}

static int start(const struct words *words, const char *dir, pid_t *child)
{
    int pipe_[2];
    if (pipe2(pipe_, O_CLOEXEC) < 0)
        return -errno;
    *child = fork();
    if (*child == 0)
        become(words, dir, pipe_[1]);
    int rc = *child < 0 ? -errno : pipe_[0];
    close(pipe_[1]);
    if (rc < 0)
        close(pipe_[0]);
    return rc;
}

int tool_run(const struct tool_request *request, char **said)
{
    struct words words;
    pid_t child = -1;
    int status = 0;
    *said = calloc(1, SAID_MOST + 1);
    if (!*said)
        return -ENOMEM;
    compose(request, &words);
    autoclose int out = start(&words, request->dir, &child);
    if (out < 0)
        return out;
    int64_t until = now_ms() + request->seconds * INT64_C(1000);
    /* It may have closed its output and gone on. */
    bool in_time = listen_to(out, until, *said) && await(child, until);
    if (!in_time)
        kill(child, SIGKILL);
    /* And left others behind: while it is a zombie its group is its own. */
    kill(-child, SIGKILL);
    while (waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return outcome(status, in_time);
}

bool tool_can_shut_in(const char **why)
{
    static const char *const nothing[] = {"true", NULL};
    const struct tool_request request = {
        .argv = nothing,
        .dir = "/tmp",
        .shut_in = true,
        .seconds = 10,
    };
    autofree char *said = NULL;
    int rc = tool_run(&request, &said);
    *why = rc == -ENOENT
               ? "bubblewrap is missing; as root: apt-get install bubblewrap"
               : "bubblewrap cannot make namespaces here; 'proclab doctor' "
                 "tells why";
    return rc == 0;
}

static bool is_in_path(const char *name)
{
    const char *path = getenv("PATH");
    char file[512];
    for (; path && *path; path += strspn(path, ":")) {
        int n = (int)strcspn(path, ":");
        int len = snprintf(file, sizeof file, "%.*s/%s", n, path, name);
        path += n;
        if (len > 0 && (size_t)len < sizeof file && access(file, X_OK) == 0)
            return true;
    }
    return false;
}

const char *tool_find(const char *const *names)
{
    for (; *names; names++)
        if (is_in_path(*names))
            return *names;
    return NULL;
}
