/* make soak: random scripts and the corpus, observed on a loaded machine, in
 * rounds.  A round first asks the oracle, while nothing else runs: what do new
 * scripts natively print, what is a submission's result?  Then, with all CPUs
 * busy and memory in use, jobs compare with that; then, in quiet again, each
 * difference is looked into, and what is left behind. */
#include <argp.h>
#include <errno.h>
#include <error.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "tests/native.h"
#include "tests/soak/generate.h"
#include "tests/soak/left.h"
#include "tests/soak/load.h"
#include "tests/soak/workers.h"

enum { SCRIPTS = 24, MIXED = 4096, ROUND_S = 40 };

struct soak {
    double minutes;
    unsigned long seed;
    const char *cases, *again, *shrink;
    unsigned short random[3];
    char work[200], tmp[220];
    time_t begin, end;
    struct script_case scripts[SCRIPTS];
    char *mixed[MIXED];
    int n_mixed;
    struct subject_list subjects;
    unsigned long grade_seed;
    char mistaken[240], reference[2][240];
    struct crew crew;
    struct left *left;
    long programs, open, rounds;
};

static volatile sig_atomic_t interrupted;

static void interrupt(int sig)
{
    (void)sig;
    interrupted = 1;
}

static int draw(struct soak *s, int n)
{
    return (int)(nrand48(s->random) % n);
}

static time_t now_s(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec;
}

static void must(int r, const char *what)
{
    if (r < 0)
        error(3, -r, "%s", what);
}

/* --- before the load --------------------------------------------------------- */

static void prepare_scripts(struct soak *s)
{
    for (int i = 0; i < SCRIPTS; i++)
        s->scripts[i] = (struct script_case){
            .script = script_generate((uint64_t)nrand48(s->random), true)};
    must(script_oracle(s->scripts, SCRIPTS, s->work), "native runs");
    s->programs += SCRIPTS;
    for (int i = 0; i < SCRIPTS; i++)
        s->open += !s->scripts[i].native;
}

static void prepare_subjects(struct soak *s)
{
    char dir[240];
    snprintf(dir, sizeof dir, "%s/subjects", s->work);
    must(mkdir(dir, 0755) < 0 ? -errno : 0, dir);
    must(subject_list_read(&s->subjects), "subjects");
    must(native_run(&s->subjects, dir), "native runs of the subjects");
    s->programs += (long)s->subjects.n;
}

static const char *submission(const struct soak *s, int i)
{
    return i ? s->mistaken : "solutions";
}

/* The grading without load, once a round. */
static void prepare_gradings(struct soak *s)
{
    char command[1000];
    s->grade_seed = (unsigned long)draw(s, 1000000);
    snprintf(command, sizeof command,
             "rm -rf '%s' && grader/tests/soak/mistaken.sh '%s' %lu",
             s->mistaken, s->mistaken, s->grade_seed);
    must(system(command) == 0 ? 0 : -EIO, "mistaken.sh");
    for (int i = 0; i < 2; i++) {
        snprintf(command, sizeof command,
                 "\"${PROCLAB:-build/proclab}\" grade '%s' --seed %lu "
                 "--format json -o '%s' 2>/dev/null; [ $? -le 1 ]",
                 submission(s, i), s->grade_seed, s->reference[i]);
        must(system(command) == 0 ? 0 : -EIO, "a grading without load");
    }
}

/* --- under load ------------------------------------------------------------------- */

/* Side by side they run only where what comes out is determined; a process that
 * starves sees time pass, so there nothing is compared with a native run. */
static struct schedule some_schedule(struct soak *s, enum job_kind kind)
{
    static const struct schedule rows[] = {
        {.kind = SCHEDULE_CHILD_FIRST}, {.kind = SCHEDULE_PARENT_FIRST},
        {.kind = SCHEDULE_FREE}, {.kind = SCHEDULE_STARVE, .victim = "1"},
        {.kind = SCHEDULE_STARVE, .victim = "1.1"},
        {.kind = SCHEDULE_STARVE, .victim = "1.1.1"}};
    int row = draw(s, 14);
    if (row < 2 || (row == 2 && kind == JOB_DETERMINED) ||
        (row > 2 && row < 6 && kind == JOB_MIXED))
        return rows[row];
    return (struct schedule){.kind = row < 10 ? SCHEDULE_PCT : SCHEDULE_RANDOM,
                             .seed = (uint64_t)nrand48(s->random)};
}

static struct job some_job(struct soak *s)
{
    struct job job = {.kind = JOB_MIXED};
    int kind = draw(s, 20);
    const struct script_case *c = &s->scripts[draw(s, SCRIPTS)];
    if (kind == 0 && !crew_has(&s->crew, JOB_GRADE)) {
        int which = draw(s, 2);
        job = (struct job){.kind = JOB_GRADE, .seed = s->grade_seed,
                           .submission = submission(s, which),
                           .reference = s->reference[which]};
    } else if (kind < 9 && c->native) {
        job = (struct job){.kind = JOB_DETERMINED, .script = c->script,
                           .native = c->native};
    } else if (kind < 12) {
        job = (struct job){
            .kind = JOB_SUBJECT,
            .subject = &s->subjects.subject[draw(s, (int)s->subjects.n)]};
    }
    job.schedule = some_schedule(s, job.kind);
    return job;
}

static struct job next_job(struct soak *s)
{
    struct job job = some_job(s);
    if (job.kind == JOB_MIXED) {
        char **script = &s->mixed[s->n_mixed++];
        *script = script_generate((uint64_t)nrand48(s->random), false);
        job.script = *script;
        s->programs++;
    }
    return job;
}

static long bad(const struct soak *s)
{
    long n = 0;
    for (int i = JOB_FINE + 1; i < JOB_ENDS; i++)
        n += s->crew.found[i];
    return n;
}

static void progress(const struct soak *s)
{
    static time_t last;
    time_t now = now_s();
    if (now == last || !isatty(STDERR_FILENO))
        return;
    last = now;
    fprintf(stderr,
            "\r\033[Kround %ld: %ld programs, %ld runs, %ld bad, %ld s left",
            s->rounds, s->programs, s->crew.runs, bad(s),
            (long)(s->end > now ? s->end - now : 0));
}

static void load_and_compare(struct soak *s)
{
    struct load load;
    time_t until = now_s() + ROUND_S;
    load_start(&load);
    while (!interrupted && now_s() < until && now_s() < s->end) {
        while (!crew_is_full(&s->crew) && s->n_mixed < MIXED) {
            struct job job = next_job(s);
            crew_start(&s->crew, &job);
        }
        crew_attend(&s->crew);
        progress(s);
    }
    while (!crew_is_idle(&s->crew))
        crew_attend(&s->crew);
    load_stop(&load);
}

/* --- after it ----------------------------------------------------------------------- */

static void forget_scripts(struct soak *s)
{
    for (int i = 0; i < SCRIPTS; i++)
        script_case_free(&s->scripts[i]);
    for (int i = 0; i < s->n_mixed; i++)
        free(s->mixed[i]);
    s->n_mixed = 0;
}

static void look_for_leftovers(struct soak *s)
{
    char *text = left_over(s->left);
    if (text)
        crew_report(&s->crew, JOB_LEFTOVER, text);
    free(text);
}

static void one_round(struct soak *s)
{
    s->rounds++;
    prepare_scripts(s);
    prepare_gradings(s);
    look_for_leftovers(s);
    load_and_compare(s);
    look_for_leftovers(s);
    crew_settle(&s->crew);
    forget_scripts(s);
}

static int summary(const struct soak *s)
{
    printf("seed %lu: %ld programs (%ld not determined natively), %ld runs, "
           "%ld comparisons, %ld jobs fine, %ld late as native runs can be\n",
           s->seed, s->programs, s->open, s->crew.runs, s->crew.comparisons,
           s->crew.found[JOB_FINE], s->crew.late);
    for (int i = JOB_FINE + 1; i < JOB_ENDS; i++)
        printf("  %-28s %ld\n", job_end_name((enum job_end)i),
               s->crew.found[i]);
    return bad(s) > 0 || s->crew.found[JOB_FINE] == 0;
}

/* --- the program ---------------------------------------------------------------------- */

static void set_up(struct soak *s)
{
    const char *tmp = getenv("TMPDIR");
    snprintf(s->work, sizeof s->work, "%s/proclab-soak-XXXXXX",
             tmp ? tmp : "/tmp");
    if (!mkdtemp(s->work) || chmod(s->work, 0755) < 0)
        error(3, errno, "%s", s->work);
    snprintf(s->tmp, sizeof s->tmp, "%s/tmp", s->work);
    snprintf(s->mistaken, sizeof s->mistaken, "%s/mistaken", s->work);
    for (int i = 0; i < 2; i++)
        snprintf(s->reference[i], sizeof s->reference[i], "%s/reference.%d",
                 s->work, i);
    must(mkdir(s->tmp, 0755) < 0 ? -errno : 0, s->tmp);
    setenv("TMPDIR", s->tmp, 1);
    signal(SIGINT, interrupt);
    signal(SIGTERM, interrupt);
    signal(SIGHUP, interrupt);
}

static void tear_down(const struct soak *s)
{
    char command[300];
    snprintf(command, sizeof command, "rm -rf '%s'", s->work);
    must(system(command) == 0 ? 0 : -EIO, s->work);
}

static int soak(struct soak *s)
{
    long workers = sysconf(_SC_NPROCESSORS_ONLN) + 1;
    s->crew = (struct crew){
        .cases = s->cases, .work = s->work,
        .n = workers < WORKERS ? (int)workers : WORKERS};
    memcpy(s->random, &s->seed, sizeof s->random);
    mkdir(s->cases, 0755);
    s->left = left_begin(s->tmp);
    prepare_subjects(s);
    s->end = now_s() + (time_t)(60 * s->minutes);
    while (!interrupted && now_s() < s->end)
        one_round(s);
    subject_list_free(&s->subjects);
    left_free(s->left);
    return summary(s);
}

static int again(const struct soak *s)
{
    int end = job_again(s->again, s->work);
    must(end, s->again);
    printf("%s: %s\n", s->again, job_end_name((enum job_end)end));
    return end != JOB_FINE;
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct soak *s = state->input;
    switch (key) {
    case 'm':
        s->minutes = atof(arg);
        return 0;
    case 's':
        s->seed = strtoul(arg, NULL, 0);
        return 0;
    case 'd':
        s->cases = arg;
        return 0;
    case 'a':
        s->again = arg;
        return 0;
    case 'r':
        s->shrink = arg;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp_option options[] = {
    {"minutes", 'm', "N", 0, "how long (10)", 0},
    {"seed", 's', "N", 0, "what is random (the time)", 0},
    {"cases", 'd', "DIR", 0, "where findings are kept (build/soak-cases)", 0},
    {"again", 'a', "CASE", 0, "do a case again", 0},
    {"shrink", 'r', "CASE", 0, "make a case's script smaller", 0},
    {0},
};

int main(int argc, char **argv)
{
    static struct soak s = {.minutes = 10, .cases = "build/soak-cases"};
    const struct argp argp = {options, parse, NULL,
                              "Looks for scripts that come out otherwise "
                              "observed than natively, on a loaded machine.",
                              NULL, NULL, NULL};
    int status = 0;
    s.seed = (unsigned long)time(NULL);
    argp_parse(&argp, argc, argv, 0, NULL, &s);
    set_up(&s);
    if (s.again)
        status = again(&s);
    else if (s.shrink)
        must(job_shrink(s.shrink, s.work), s.shrink);
    else
        status = soak(&s);
    tear_down(&s);
    return status;
}
