/* proclab doctor: what works on this machine, and what to do about the rest. */

#include <err.h>
#include <stdio.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/probes.h"
#include "cli/terminal.h"

static const struct argp argp = {
    .doc = "Finds out whether this machine can grade, and what to do if it "
           "cannot."
           "\vExit status: 0 grading is possible, 3 it is not.",
};

static void print_finding(const struct probe *probe, bool works,
                          const char *seen, bool colour)
{
    const char *red = colour && !works ? "\033[31m" : "";
    const char *green = colour && works ? "\033[32m" : "";
    const char *plain = colour ? "\033[0m" : "";
    printf("%s%s%-5s%s %-24s%s%s\n", red, green, works ? "works" : "NO", plain,
           probe->name, *seen ? " " : "", seen);
    if (!works)
        printf("      so %s\n      remedy: %s\n", probe->means, probe->remedy);
}

int command_doctor(int argc, char **argv)
{
    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    /* What is shut in is another user where we are root, and root's home is
     * not open to it. */
    if (chdir("/") != 0)
        err(STATUS_FAILED, "/");
    bool colour = terminal_of(1).colour, possible = true;
    size_t n;
    const struct probe *all = probes(&n);
    for (size_t i = 0; i < n; i++) {
        char seen[512] = "";
        /* What a probe forks must not hold our text a second time. */
        fflush(stdout);
        bool works = all[i].try(seen, sizeof seen);
        print_finding(&all[i], works, seen, colour);
        possible = possible && (works || !all[i].decides);
    }
    printf("\nGrading is %spossible here.\n", possible ? "" : "not ");
    return possible ? STATUS_OK : STATUS_FAILED;
}
