/* proclab doctor: what works on this machine, and what to do about the rest. */

#include <err.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/probes.h"
#include "cli/terminal.h"

static const struct argp argp = {
    .doc = "Finds out whether this machine can grade, and what to do if it "
           "cannot."
           "\vExit status: 0 grading is possible, 3 it is not.",
};

/* Several pieces may lack the same: it is said once what to do. */
static const char *remedy_of(const struct probe *probe,
                             const struct finding *finding)
{
    static char last[sizeof finding->remedy];
    if (!*finding->remedy)
        return probe->remedy ? probe->remedy : "see above";
    if (strcmp(last, finding->remedy) == 0)
        return "see above";
    snprintf(last, sizeof last, "%s", finding->remedy);
    return last;
}

static void print_finding(const struct page *page, const struct probe *probe,
                          bool works, const struct finding *finding)
{
    char text[400];
    bool extra = probe->weight == PROBE_EXTRA;
    const char *label = works ? "works" : extra ? "lacks" : "NO";
    snprintf(text, sizeof text, "%s%s%s", probe->name,
             *finding->seen ? ": " : "", finding->seen);
    page_colour(page, works   ? PAGE_PLAIN
                      : extra ? PAGE_YELLOW
                              : PAGE_RED);
    page_paragraph(page, 0, label, 6, text);
    page_colour(page, PAGE_PLAIN);
    if (works)
        return;
    snprintf(text, sizeof text, "%s: %s", probe->whom, probe->means);
    page_paragraph(page, 6, "so", 14, text);
    page_paragraph(page, 6, "remedy", 14, remedy_of(probe, finding));
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
        struct finding finding = {0};
        /* What a probe forks must not hold our text a second time. */
        fflush(stdout);
        bool works = all[i].try(&finding);
        print_finding(&page, &all[i], works, &finding);
        possible = possible && (works || all[i].weight != PROBE_DECIDES);
    }
    printf("\nGrading is %spossible here.\n", possible ? "" : "not ");
    return possible ? STATUS_OK : STATUS_FAILED;
}
