#include "classroom/seat.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "course/cleanup.h"
#include "result/format.h"

enum { ANSWER_MOST = 256 << 20 };

/* What the child's exit status says. */
enum { HAS_RESULT = 0, HAS_REASON = 1, HAS_NOTHING = 2 };

static int grade_into(const struct grade_request *request, FILE *out)
{
    struct result result;
    const char *why = NULL;
    int rc = grade(request, &result, &why);
    if (rc < 0)
        return fputs(why ? why : strerror(-rc), out) < 0 ? HAS_NOTHING
                                                         : HAS_REASON;
    rc = result_write_json(&result, out);
    result_free(&result);
    return rc < 0 ? HAS_NOTHING : HAS_RESULT;
}

/* The child's whole life; it must not run what the parent has registered by
 * atexit(3). */
static _Noreturn void be_grader(const struct seat *seat,
                                const struct grade_request *request,
                                const sigset_t *signals, pid_t parent)
{
    sigprocmask(SIG_SETMASK, signals, NULL);
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent)
        _exit(HAS_NOTHING);
    FILE *out = fdopen(seat->answer, "w");
    int status = out ? grade_into(request, out) : HAS_NOTHING;
    if (out && fclose(out) != 0)
        status = HAS_NOTHING;
    _exit(status);
}

int seat_start(struct seat *seat, const struct grade_request *request,
               const sigset_t *signals)
{
    pid_t parent = getpid();
    seat->answer = memfd_create("proclab-answer", MFD_CLOEXEC);
    if (seat->answer < 0)
        return -errno;
    pid_t pid = fork();
    if (pid == 0)
        be_grader(seat, request, signals, parent);
    if (pid < 0)
        return -errno;
    seat->pid = pid;
    return 0;
}

static int explain(int status, char **text, size_t *len)
{
    int n = WIFSIGNALED(status)
                ? asprintf(text,
                           "The grader itself was killed by SIG%s: grade "
                           "again, and report it if it stays so.",
                           sigabbrev_np(WTERMSIG(status))
                               ? sigabbrev_np(WTERMSIG(status))
                               : "RT")
                : asprintf(text, "The grader could not write its result: is "
                                 "there enough memory?");
    *len = n < 0 ? 0 : (size_t)n;
    return n < 0 ? -ENOMEM : -EINVAL;
}

/* The child's descriptor was the same open file: back to its beginning. */
static int read_answer(const struct seat *seat, char **bytes, size_t *len)
{
    struct stat st;
    if (fstat(seat->answer, &st) < 0 || st.st_size > ANSWER_MOST)
        return -EFBIG;
    autofree char *text = malloc((size_t)st.st_size + 1);
    if (!text)
        return -ENOMEM;
    size_t have = 0;
    ssize_t n;
    while ((n = pread(seat->answer, text + have, (size_t)st.st_size - have,
                      (off_t)have)) > 0)
        have += (size_t)n;
    text[have] = '\0';
    *bytes = text;
    *len = have;
    text = NULL;
    return n < 0 ? -errno : 0;
}

int seat_answer(const struct seat *seat, int status, char **bytes, size_t *len)
{
    if (!WIFEXITED(status) || WEXITSTATUS(status) == HAS_NOTHING)
        return explain(status, bytes, len);
    int rc = read_answer(seat, bytes, len);
    if (rc == -EFBIG)
        return explain(status, bytes, len);
    return rc == 0 && WEXITSTATUS(status) != HAS_RESULT ? -EINVAL : rc;
}

void seat_clear(struct seat *seat)
{
    if (seat->answer >= 0)
        close(seat->answer);
    if (seat->submission >= 0)
        close(seat->submission);
    free(seat->file);
    *seat = (struct seat){.cpu = seat->cpu, .answer = -1, .submission = -1};
}
