/* Runs every Check suite that was linked in (see suite.h); CK_RUN_SUITE and
 * CK_RUN_CASE choose some of them.  `--list` prints the suites' names. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/suite.h"

extern suite_maker *const __start_proclab_suites[];
extern suite_maker *const __stop_proclab_suites[];

int main(int argc, char **argv)
{
    SRunner *runner = srunner_create(NULL);
    for (suite_maker *const *s = __start_proclab_suites;
         s < __stop_proclab_suites; s++)
        srunner_add_suite(runner, (*s)());
    if (argc > 1 && strcmp(argv[1], "--list") == 0) {
        srunner_set_fork_status(runner, CK_NOFORK);
        return 0;
    }
    srunner_run_all(runner, CK_ENV);
    int failed = srunner_ntests_failed(runner);
    srunner_free(runner);
    return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
