/* Runs the Check suites that were linked in (see suite.h): those named on the
 * command line, or all.  `--list` prints their names. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/suite.h"

extern const struct suite_entry *const __start_proclab_suites[];
extern const struct suite_entry *const __stop_proclab_suites[];

static int list(void)
{
    for (const struct suite_entry *const *s = __start_proclab_suites;
         s < __stop_proclab_suites; s++)
        puts((*s)->name);
    return EXIT_SUCCESS;
}

static int wanted(const char *name, char **names)
{
    for (char **n = names; *n; n++)
        if (strcmp(*n, name) == 0)
            return 1;
    return !*names;
}

int main(int argc, char **argv)
{
    if (argc > 1 && strcmp(argv[1], "--list") == 0)
        return list();
    SRunner *runner = srunner_create(NULL);
    int found = 0;
    for (const struct suite_entry *const *s = __start_proclab_suites;
         s < __stop_proclab_suites; s++)
        if (wanted((*s)->name, argv + 1)) {
            srunner_add_suite(runner, (*s)->make());
            found++;
        }
    if (!found) {
        fprintf(stderr, "no such suite; --list prints their names\n");
        return 2;
    }
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
