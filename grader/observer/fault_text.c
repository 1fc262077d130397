/* Rules for faults as text: CALL[,CALL...]:ACTION[:ACTION...][:when=...]. */
#include "observer/fault.h"

#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>

#include "observer/fault_names.h"

enum { MOST_WHEN = 65535 };

/* --- a rule ------------------------------------------------------------------- */

struct parsing {
    struct fault fault;
    struct fault_mistake why;
    bool clone_itself; /* asked for by its own name */
    bool futex_itself;
    bool when, process, action;
};

static int wrong(struct parsing *p, const char *part, const char *sentence)
{
    snprintf(p->why.part, sizeof p->why.part, "%.60s", part);
    p->why.sentence = sentence;
    return -EINVAL;
}

static int wrong_word(struct parsing *p, const char *part,
                      const char *sentence, const char *const *words, size_t n)
{
    p->why.words = words;
    p->why.n_words = n;
    return wrong(p, part, sentence);
}

static void add_call(struct parsing *p, long number)
{
    p->fault.calls.bits[number / 64] |= UINT64_C(1) << (number % 64);
}

bool fault_calls_has(const struct fault_calls *set, long number)
{
    return number >= 0 && number < FAULT_NUMBERS &&
           (set->bits[number / 64] >> (number % 64) & 1);
}

static int index_of(const char *word, const char *const *words, int n)
{
    for (int i = 0; i < n; i++)
        if (words[i] && strcmp(words[i], word) == 0)
            return i;
    return -1;
}

/* What every program is refused, whatever it asks for. */
static bool is_never_made(int number)
{
    return number == SYS_ptrace || number == SYS_seccomp ||
           number == SYS_io_uring_setup || number == SYS_io_uring_enter ||
           number == SYS_io_uring_register || number == SYS_io_setup ||
           number == SYS_io_submit;
}

static int add_alias(struct parsing *p, const struct fault_alias *alias)
{
    for (int i = 0; alias->calls[i] != FAULT_NO_CALL; i++)
        add_call(p, alias->calls[i]);
    if (strcmp(alias->name, "fork") == 0)
        p->fault.processes_only = true;
    else if (strcmp(alias->name, "futex_wait") == 0)
        p->fault.waits_only = true;
    else if (strcmp(alias->name, "clone3") == 0)
        p->clone_itself = true;
    return 0;
}

static int parse_call(struct parsing *p, const char *name)
{
    const char *plain = strncmp(name, "rt_", 3) == 0 ? name + 3 : name;
    for (int i = 0; i < FAULT_ALIASES; i++)
        if (strcmp(fault_aliases[i].name, name) == 0)
            return add_alias(p, &fault_aliases[i]);
    int number = index_of(plain, fault_kernel_names(), FAULT_NUMBERS);
    if (number < 0)
        return wrong_word(p, name, "there is no such system call",
                          fault_call_words(), FAULT_ALIASES + FAULT_NUMBERS);
    if (is_never_made(number))
        return wrong(p, name, "this call is refused to every program that is "
                              "observed");
    p->clone_itself |= number == SYS_clone;
    p->futex_itself |= number == SYS_futex;
    add_call(p, number);
    return 0;
}

static int parse_calls(struct parsing *p, char *names)
{
    int r = 0;
    for (char *name; r == 0 && (name = strsep(&names, ","));)
        r = parse_call(p, name);
    p->fault.processes_only &= !p->clone_itself;
    p->fault.waits_only &= !p->futex_itself;
    return r;
}

/* Digits alone. @return false also where there are more of them than fit */
static bool get_number(const char **text, uint64_t most, uint64_t *out)
{
    char *end;
    if (!isdigit((unsigned char)**text))
        return false;
    errno = 0;
    *out = strtoull(*text, &end, 0);
    *text = end;
    return errno == 0 && *out <= most;
}

static bool whole_number(const char *text, uint64_t most, uint64_t *out)
{
    return get_number(&text, most, out) && *text == '\0';
}

static int parse_error(struct parsing *p, const char *value)
{
    struct fault_effect *e = &p->fault.effect;
    uint64_t number;
    int i = index_of(value, fault_error_words(), FAULT_ERRORS);
    if (i < 1 && whole_number(value, 4095, &number) && number > 0)
        i = (int)number;
    if (i < 1)
        return wrong_word(p, value, "give an error by its name or number, as "
                                    "in error=EAGAIN",
                          fault_error_words(), FAULT_ERRORS);
    if (e->has_result)
        return wrong(p, value, "error= and retval= go once, and exclude each "
                               "other");
    e->has_result = true;
    e->result = -i;
    return 0;
}

static int parse_retval(struct parsing *p, const char *value)
{
    struct fault_effect *e = &p->fault.effect;
    uint64_t number;
    if (!whole_number(value, LONG_MAX, &number))
        return wrong(p, value, "give a whole number, 0 or more; failures are "
                               "error=");
    if (e->has_result)
        return wrong(p, value, "error= and retval= go once, and exclude each "
                               "other");
    e->has_result = true;
    e->result = (long)number;
    return 0;
}

static int get_signal(struct parsing *p, const char *value, int *out)
{
    char name[32];
    uint64_t number;
    snprintf(name, sizeof name, "%s%s",
             strncmp(value, "SIG", 3) == 0 ? "" : "SIG", value);
    int i = index_of(name, fault_signal_words(), FAULT_SIGNALS);
    if (i < 1 && whole_number(value, FAULT_SIGNALS - 1, &number))
        i = (int)number;
    if (i < 1)
        return wrong_word(p, value, "give a signal by its name or number, as "
                                    "in signal=SIGCHLD",
                          fault_signal_words(), FAULT_SIGNALS);
    *out = i;
    return 0;
}

static int parse_signal(struct parsing *p, const char *value)
{
    return get_signal(p, value, &p->fault.effect.signal);
}

static int parse_signal_exit(struct parsing *p, const char *value)
{
    return get_signal(p, value, &p->fault.effect.signal_exit);
}

static int get_time(struct parsing *p, const char *value, int64_t *out)
{
    static const struct {
        const char *suffix;
        uint64_t ns;
    } units[] = {{"", 1000}, {"us", 1000}, {"ns", 1}, {"ms", 1000000},
                 {"s", 1000000000}};
    const char *rest = value;
    uint64_t number;
    bool digits = get_number(&rest, INT32_MAX, &number) && number > 0;
    for (size_t i = 0; digits && i < sizeof units / sizeof units[0]; i++)
        if (strcmp(units[i].suffix, rest) == 0) {
            *out = (int64_t)(number * units[i].ns);
            return 0;
        }
    return wrong(p, value, "give a time such as 500000 (microseconds), 500ms "
                           "or 2s");
}

static int parse_delay_enter(struct parsing *p, const char *value)
{
    return get_time(p, value, &p->fault.effect.enter_ns);
}

static int parse_delay_exit(struct parsing *p, const char *value)
{
    return get_time(p, value, &p->fault.effect.exit_ns);
}

/* Calls whose third argument is how many bytes. */
static bool has_count(int number)
{
    return number == SYS_read || number == SYS_write ||
           number == SYS_pread64 || number == SYS_pwrite64 ||
           number == SYS_sendto || number == SYS_recvfrom;
}

static int parse_short(struct parsing *p, const char *value)
{
    uint64_t number;
    if (!whole_number(value, INT32_MAX, &number) || number == 0)
        return wrong(p, value, "give a number of bytes, 1 or more");
    for (int i = 0; i < FAULT_NUMBERS; i++)
        if (fault_calls_has(&p->fault.calls, i) && !has_count(i))
            return wrong(p, fault_call_name(i),
                         "short= goes with read, write, pread64, pwrite64, "
                         "sendto and recvfrom");
    p->fault.effect.at_most = number;
    return 0;
}

/* FIRST, FIRST+, FIRST+STEP, FIRST..LAST, FIRST..LAST+, FIRST..LAST+STEP. */
static bool get_when(struct fault *f, const char *text)
{
    uint64_t first, last = MOST_WHEN, step = 1;
    bool open = false;
    if (!get_number(&text, MOST_WHEN, &first) || first == 0)
        return false;
    if (strncmp(text, "..", 2) == 0) {
        text += 2;
        open = true;
        if (!get_number(&text, MOST_WHEN, &last) || last < first)
            return false;
    }
    if (*text == '+') {
        text++;
        open = true;
        if (*text && (!get_number(&text, MOST_WHEN, &step) || step == 0))
            return false;
    }
    f->first = (unsigned)first;
    f->last = open ? (unsigned)last : f->first;
    f->step = (unsigned)step;
    return *text == '\0';
}

static int parse_when(struct parsing *p, const char *value)
{
    if (p->when)
        return wrong(p, value, "when= goes once");
    p->when = true;
    if (get_when(&p->fault, value))
        return 0;
    return wrong(p, value, "give the calls that are meant, from 1: as in 3, "
                           "3+, 3..5 or 1..9+2");
}

/* "1.2": numbers from 1 with dots between; main is "1". */
static int parse_process(struct parsing *p, const char *value)
{
    const char *place = strcmp(value, "main") == 0 ? "1" : value;
    const char *at = place;
    uint64_t number;
    bool good = strlen(place) < sizeof p->fault.place &&
                get_number(&at, 1, &number) && number == 1;
    while (good && *at == '.') {
        at++;
        good = get_number(&at, INT32_MAX, &number) && number > 0;
    }
    if (!good || *at != '\0')
        return wrong(p, value, "give a process by its place in the tree, as "
                               "the timeline does: main, 1.2 or 1.2.1");
    strcpy(p->fault.place, place);
    return 0;
}

static const struct part {
    const char *name;
    bool is_action;
    int (*parse)(struct parsing *, const char *);
} parts[] = {
    {"error", true, parse_error},
    {"retval", true, parse_retval},
    {"short", true, parse_short},
    {"signal", true, parse_signal},
    {"signal_exit", true, parse_signal_exit},
    {"delay_enter", true, parse_delay_enter},
    {"delay_exit", true, parse_delay_exit},
    {"when", false, parse_when},
    {"process", false, parse_process},
};
enum { N_PARTS = sizeof parts / sizeof parts[0] };

#define ACTIONS                                                            \
    "error=ERRNO, retval=NUMBER, short=BYTES, signal=SIGNAL, "             \
    "signal_exit=SIGNAL, delay_enter=TIME or delay_exit=TIME"

static int parse_part(struct parsing *p, char *text)
{
    static const char *names[N_PARTS];
    char *equals = strchr(text, '=');
    if (equals)
        *equals = '\0';
    for (int i = 0; i < N_PARTS; i++) {
        names[i] = parts[i].name;
        if (strcmp(parts[i].name, text) != 0)
            continue;
        p->action |= parts[i].is_action;
        return parts[i].parse(p, equals ? equals + 1 : "");
    }
    return wrong_word(p, text, "allowed are " ACTIONS
                               ", and when=FIRST[..LAST][+[STEP]] and "
                               "process=PLACE",
                      names, N_PARTS);
}

static int parse_rule(struct parsing *p, char *text)
{
    char *rest = text, *calls = strsep(&rest, ":");
    int r = parse_calls(p, calls);
    for (char *part; r == 0 && (part = strsep(&rest, ":"));)
        r = parse_part(p, part);
    if (r == 0 && !p->action)
        r = wrong(p, calls, "say what shall happen to it: " ACTIONS);
    if (r == 0 && p->fault.effect.has_result && p->fault.effect.at_most)
        r = wrong(p, "short", "a call that is not executed cannot be short");
    return r;
}

int fault_parse(const char *text, struct fault *out, struct fault_mistake *why)
{
    struct parsing p = {.fault = {.first = 1, .last = MOST_WHEN, .step = 1}};
    char copy[512];
    if (strlen(text) >= sizeof copy) {
        wrong(&p, text, "that is too long");
    } else {
        strcpy(copy, text);
        if (parse_rule(&p, copy) == 0) {
            *out = p.fault;
            return 0;
        }
    }
    if (why)
        *why = p.why;
    return -EINVAL;
}
