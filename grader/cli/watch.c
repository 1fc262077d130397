/* proclab watch: grades again on every save.
 *
 * One thread, no handlers: signals come through a descriptor, as saves do, and
 * poll(2) waits for both.  A child grades (classroom/seat.h), so that a save in
 * the meantime, or Ctrl-C, can end a grading at once; what it leaves are our
 * children then, and gone before we are. */

#include <err.h>
#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include "classroom/seat.h"
#include "cli/cli.h"
#include "cli/grading.h"
#include "cli/knowledge.h"
#include "cli/saves.h"
#include "cli/screen.h"
#include "cli/standing.h"
#include "cli/terminal.h"

/* An editor may write in several steps. */
enum { QUIET_MS = 50 };

struct watch {
    const struct submission *submission;
    const struct grading_options *how;
    struct knowledge knowledge;
    bool *stale;                    /* saved since it was graded */
    bool *grading;                  /* is being graded */
    const struct exercise **wanted; /* room for those */
    struct seat seat;
    struct saves saves;
    struct screen screen;
    sigset_t signals, before;
    int signal_fd;
    bool over;
    int ended_by; /* a signal other than SIGINT */
};

struct watch_options {
    char **words;
    size_t n_words;
    struct grading_options how;
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct watch_options *options = state->input;
    if (key != ARGP_KEY_ARGS)
        return grading_option(key, arg, state, &options->how);
    options->words = state->argv + state->next;
    options->n_words = (size_t)(state->argc - state->next);
    return 0;
}

static const struct argp_option option_table[] = {
    GRADING_OPTIONS("exercises"),
    {0},
};

static const struct argp argp = {
    .options = option_table,
    .parser = parse_option,
    .args_doc = "[DIR] [EXERCISE...]",
    .doc = "Grades the submission in DIR (default: where you are), and an "
           "exercise of it again whenever its file is saved: what changed "
           "comes first.  Ctrl-C ends it.",
};

/* --- what is seen ------------------------------------------------------------
 */

static const char *status_line(const struct watch *w, char *line, size_t size)
{
    size_t at =
        (size_t)snprintf(line, size, "%s", w->seat.pid ? "grading" : "");
    for (size_t i = 0; w->seat.pid && i < w->submission->n; i++)
        if (w->grading[i] && at < size / 2)
            at += (size_t)snprintf(
                line + at, size - at, " %s",
                standing_name(w->submission->exercises[i]->id));
    snprintf(line + at, size - at, "%s",
             w->seat.pid ? "..." : "watching: save a file; Ctrl-C ends");
    return line;
}

/* The bytes are made first: a screen that is half drawn flickers. */
static void show(const struct watch *w)
{
    char *text = NULL, status[160];
    size_t len = 0;
    struct page page = terminal_page();
    page.out = open_memstream(&text, &len);
    if (!page.out)
        return;
    if (w->screen.own || !w->seat.pid)
        knowledge_write(&w->knowledge, &page);
    fclose(page.out);
    screen_show(&w->screen, text, len, status_line(w, status, sizeof status));
    free(text);
}

/* --- gradings ----------------------------------------------------------------
 */

static void start_grading(struct watch *w)
{
    size_t n = 0;
    for (size_t i = 0; i < w->submission->n; i++) {
        w->grading[i] = w->stale[i];
        w->stale[i] = false;
        if (w->grading[i])
            w->wanted[n++] = w->submission->exercises[i];
    }
    struct submission part = *w->submission;
    part.exercises = w->wanted;
    part.n = n;
    struct grade_request request = grading_request(&part, w->how);
    int rc = seat_start(&w->seat, &request, &w->before);
    if (rc < 0) {
        screen_close(&w->screen);
        errx(STATUS_FAILED, "cannot start a grading: %s", strerror(-rc));
    }
}

/* A newer save makes it worthless: what it was about is graded anew. */
static void give_up_grading(struct watch *w)
{
    if (!w->seat.pid)
        return;
    kill(w->seat.pid, SIGKILL);
    while (waitpid(w->seat.pid, NULL, 0) < 0 && errno == EINTR)
        ;
    w->seat.pid = 0;
    seat_clear(&w->seat);
    for (size_t i = 0; i < w->submission->n; i++)
        w->stale[i] |= w->grading[i];
}

static void finish_grading(struct watch *w, int status)
{
    static const char failed[] = "The grading failed.";
    char *bytes = NULL;
    size_t len = 0;
    int rc = seat_answer(&w->seat, status, &bytes, &len);
    w->seat.pid = 0;
    seat_clear(&w->seat);
    if (rc == -EINVAL)
        knowledge_excuse(&w->knowledge, bytes, len);
    else if (rc < 0 || knowledge_take(&w->knowledge, bytes, len) < 0)
        knowledge_excuse(&w->knowledge, failed, strlen(failed));
    free(bytes);
}

/* --- what happens ------------------------------------------------------------
 */

/* A job that is stopped gives the terminal back, and takes it again later. */
static void stop_for_a_while(struct watch *w)
{
    screen_close(&w->screen);
    raise(SIGSTOP);
    w->screen = screen_open();
}

static void take_child(struct watch *w)
{
    int status;
    pid_t pid;
    while ((pid = waitpid(-1, &status, WNOHANG)) > 0)
        if (pid == w->seat.pid)
            finish_grading(w, status);
}

static void take_signal(struct watch *w)
{
    struct signalfd_siginfo info;
    if (read(w->signal_fd, &info, sizeof info) != sizeof info)
        return;
    switch ((int)info.ssi_signo) {
    case SIGCHLD:
        take_child(w);
        break;
    case SIGWINCH:
        break;
    case SIGTSTP:
        stop_for_a_while(w);
        break;
    default:
        w->over = true;
        w->ended_by = info.ssi_signo == SIGINT ? 0 : (int)info.ssi_signo;
    }
}

/* Waits for the next thing; a save counts when no other follows at once. */
static void wait_for_something(struct watch *w, bool saving)
{
    struct pollfd both[] = {
        {.fd = w->signal_fd, .events = POLLIN},
        {.fd = w->saves.fd, .events = POLLIN},
    };
    int n = poll(both, 2, saving ? QUIET_MS : -1);
    if (n > 0 && (both[0].revents & POLLIN))
        take_signal(w);
    if (n > 0 && (both[1].revents & POLLIN) && saves_take(&w->saves, w->stale))
        give_up_grading(w);
    else if (n == 0)
        start_grading(w);
}

static bool any_stale(const struct watch *w)
{
    for (size_t i = 0; i < w->submission->n; i++)
        if (w->stale[i])
            return true;
    return false;
}

static void watch(struct watch *w)
{
    for (size_t i = 0; i < w->submission->n; i++)
        w->stale[i] = true;
    start_grading(w);
    while (!w->over) {
        bool was_busy = w->seat.pid != 0;
        if (!any_stale(w))
            show(w);
        wait_for_something(w, any_stale(w) && !was_busy);
    }
}

/* --- before and after --------------------------------------------------------
 */

/* What is ignored stays so (nohup(1)); once blocked it would be taken. */
static bool is_ignored(int signal)
{
    struct sigaction action;
    return sigaction(signal, NULL, &action) == 0 &&
           action.sa_handler == SIG_IGN;
}

static int prepare_signals(struct watch *w)
{
    static const int all[] = {SIGINT,  SIGTERM,  SIGHUP, SIGQUIT,
                              SIGCHLD, SIGWINCH, SIGTSTP};
    sigemptyset(&w->signals);
    for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
        if (!is_ignored(all[i]))
            sigaddset(&w->signals, all[i]);
    sigprocmask(SIG_BLOCK, &w->signals, &w->before);
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    w->signal_fd = signalfd(-1, &w->signals, SFD_CLOEXEC);
    return w->signal_fd < 0 ? -errno : 0;
}

static int prepare(struct watch *w)
{
    size_t n = w->submission->n + 1;
    w->stale = calloc(n, sizeof *w->stale);
    w->grading = calloc(n, sizeof *w->grading);
    w->wanted = calloc(n, sizeof *w->wanted);
    int rc = knowledge_open(&w->knowledge, w->submission,
                            grading_command(w->how, w->submission->dir));
    if (rc < 0 || !w->stale || !w->grading || !w->wanted)
        return -ENOMEM;
    rc = prepare_signals(w);
    return rc < 0 ? rc : saves_open(w->submission, &w->saves);
}

static void clean_up(struct watch *w)
{
    give_up_grading(w);
    while (waitpid(-1, NULL, 0) > 0 || errno == EINTR)
        ;
    saves_close(&w->saves);
    if (w->signal_fd >= 0)
        close(w->signal_fd);
    free(w->stale);
    free(w->grading);
    free(w->wanted);
    knowledge_close(&w->knowledge);
}

/* As the shell sees it: by the signal, unless a person has seen enough. */
static int end(const struct watch *w)
{
    sigprocmask(SIG_SETMASK, &w->before, NULL);
    if (w->ended_by)
        raise(w->ended_by);
    return STATUS_OK;
}

static int watch_submission(const struct submission *submission,
                            const struct grading_options *how)
{
    struct watch w = {
        .submission = submission,
        .how = how,
        .seat = {.answer = -1, .submission = -1},
        .saves = {.fd = -1},
        .signal_fd = -1,
    };
    int rc = prepare(&w);
    if (rc == 0) {
        w.screen = screen_open();
        watch(&w);
        screen_close(&w.screen);
    } else {
        warnx("cannot watch '%s': %s", submission->dir, strerror(-rc));
    }
    clean_up(&w);
    return rc < 0 ? STATUS_FAILED : end(&w);
}

int command_watch(int argc, char **argv)
{
    struct watch_options options = {.how = grading_usual()};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    struct submission submission;
    int status = submission_choose(options.words, options.n_words, &submission);
    if (status != STATUS_OK)
        return status;
    status = watch_submission(&submission, &options.how);
    submission_free(&submission);
    return status;
}
