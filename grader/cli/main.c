/* proclab COMMAND ...: finds the command and hands over to it. */

#include <err.h>
#include <errno.h>
#include <fcntl.h>
#include <locale.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/nearest.h"
#include "cli/output.h"

static const struct command commands[] = {
    {"new", "make a directory to work in", command_new},
    {"grade", "grade a submission", command_grade},
    {"class", "grade every submission of a class", command_class},
    {"run", "run any program and show what its processes did", command_run},
    {"explain", "tell what a program did, event by event", command_explain},
    {"watch", "grade again on every save", command_watch},
    {"list", "list the exercises, and your points", command_list},
    {"show", "show the task of an exercise, or the hint of a check",
     command_show},
    {"measure", "measure the speed-up of parallel workers", command_measure},
    {"report", "make the lab report", command_report},
    {"doctor", "find out what works on this machine", command_doctor},
};
enum { N_COMMANDS = sizeof commands / sizeof commands[0] };

static const struct command *find_command(const char *name)
{
    for (size_t i = 0; i < N_COMMANDS; i++)
        if (strcmp(commands[i].name, name) == 0)
            return &commands[i];
    return NULL;
}

static int unknown_command(const char *name)
{
    const char *names[N_COMMANDS];
    for (size_t i = 0; i < N_COMMANDS; i++)
        names[i] = commands[i].name;
    const char *near = nearest_word(name, names, N_COMMANDS);
    if (near)
        warnx("there is no command '%s'; did you mean '%s'?", name, near);
    else
        warnx("there is no command '%s'; 'proclab --help' lists them", name);
    return STATUS_USAGE;
}

/* Its messages begin with "proclab NAME: ", those of argp (argv[0]) and those
 * of err(3) (program_invocation_short_name) alike. */
static int run_command(const struct command *command, int argc, char **argv)
{
    static char name[64];
    snprintf(name, sizeof name, "proclab %s", command->name);
    program_invocation_short_name = name;
    argv[0] = name;
    return command->run(argc, argv);
}

struct chosen {
    int at; /* where the command is in argv; 0: there is none */
};

static error_t parse_option(int key, char *arg, struct argp_state *state)
{
    struct chosen *chosen = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        (void)arg;
        chosen->at = state->next - 1;
        state->next = state->argc; /* the rest is the command's */
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_state_help(state, stderr,
                        ARGP_HELP_SHORT_USAGE | ARGP_HELP_LONG | ARGP_HELP_DOC |
                            ARGP_HELP_EXIT_ERR);
        return EINVAL;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static char *list_of_commands(int key, const char *text, void *input)
{
    (void)input;
    if (key != ARGP_KEY_HELP_POST_DOC)
        return (char *)text;
    char *list = NULL;
    size_t len = 0;
    FILE *out = open_memstream(&list, &len);
    if (!out)
        return NULL;
    fputs("Commands:\n", out);
    for (size_t i = 0; i < N_COMMANDS; i++)
        fprintf(out, "  %-8s %s\n", commands[i].name, commands[i].summary);
    fputs("\n'proclab COMMAND --help' tells more.\n", out);
    fclose(out);
    return list;
}

static const struct argp argp = {
    .parser = parse_option,
    .args_doc = "COMMAND [ARG...]",
    .doc = "Exercises on Unix processes, and a grader that watches the kernel "
           "instead of the output."
           "\v-",
    .help_filter = list_of_commands,
};

/* A shell or a careless parent may have closed the standard descriptors (the
 * next open() would become "standard output"), ignored SIGCHLD (wait() would
 * find no child) or blocked signals. */
static void mend_inheritance(void)
{
    int fd;
    do
        fd = open("/dev/null", O_RDWR);
    while (fd >= 0 && fd <= STDERR_FILENO);
    if (fd >= 0)
        close(fd);
    signal(SIGCHLD, SIG_DFL);
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
}

static void check_output(void)
{
    if (output_flush() != STATUS_OK)
        _exit(STATUS_FAILED);
}

int main(int argc, char **argv)
{
    static char own_name[] = "proclab";
    mend_inheritance();
    setlocale(LC_CTYPE, "");
    atexit(check_output);
    argp_err_exit_status = STATUS_USAGE;
    argp_program_version = "proclab " PROCLAB_VERSION;
    program_invocation_short_name = own_name;

    struct chosen chosen = {0};
    argp_parse(&argp, argc, argv, ARGP_IN_ORDER, NULL, &chosen);
    const struct command *command = find_command(argv[chosen.at]);
    if (!command)
        return unknown_command(argv[chosen.at]);
    return run_command(command, argc - chosen.at, argv + chosen.at);
}
