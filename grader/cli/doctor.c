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

static void print_finding(const struct page *page, const struct probe *probe,
                          bool works, const char *seen)
{
    char text[640];
    snprintf(text, sizeof text, "%s%s%s", probe->name, *seen ? ": " : "", seen);
    page_colour(page, works ? PAGE_PLAIN : PAGE_RED);
    page_paragraph(page, 0, works ? "works" : "NO", 6, text);
    page_colour(page, PAGE_PLAIN);
    if (works)
        return;
    page_paragraph(page, 6, "so", 14, probe->means);
    page_paragraph(page, 6, "remedy", 14, probe->remedy);
}

int command_doctor(int argc, char **argv)
{
    argp_parse(&argp, argc, argv, 0, NULL, NULL);
    /* What is shut in is another user where we are root, and root's home is
     * not open to it. */
    if (chdir("/") != 0)
        err(STATUS_FAILED, "/");
    struct page page = terminal_page();
    bool possible = true;
    size_t n;
    const struct probe *all = probes(&n);
    for (size_t i = 0; i < n; i++) {
        char seen[512] = "";
        /* What a probe forks must not hold our text a second time. */
        fflush(stdout);
        bool works = all[i].try(seen, sizeof seen);
        print_finding(&page, &all[i], works, seen);
        possible = possible && (works || !all[i].decides);
    }
    printf("\nGrading is %spossible here.\n", possible ? "" : "not ");
    return possible ? STATUS_OK : STATUS_FAILED;
}
