#!/bin/sh
# valgrind.sh BUILD: the suites under valgrind: no error, no block lost.
#
# Left out is what observes, as valgrind lacks the system call seccomp(2) (its
# own processes could not be traced, either): there AddressSanitizer looks
# (`make sanitize`).  Tests of one suite run in one process, which is ten times
# faster; a suite that needs a process a test is named in `apart`.
set -u
[ $# = 1 ] || { echo "usage: valgrind.sh BUILD" >&2; exit 2; }
build=$1
observes="class classroom cli clock course_build course_grade course_judge \
facts killed load machine matrix mutants observer runaways soak subjects"
apart="course_intake"
failed=0
passed=0
has() { case " $1 " in *" $2 "*) return 0 ;; *) return 1 ;; esac; }

for suite in $("$build/unit-tests" --list); do
    has "$observes" "$suite" && continue
    fork=no
    has "$apart" "$suite" && fork=yes
    if CK_FORK=$fork CK_DEFAULT_TIMEOUT=120 valgrind -q --error-exitcode=9 \
        --leak-check=full --errors-for-leak-kinds=definite \
        "$build/unit-tests" "$suite"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "valgrind: the suite $suite is not clean" >&2
    fi
done
echo "left out, as they observe: $observes"
echo "$passed suites passed, $failed failed"
[ "$failed" = 0 ] && [ "$passed" -gt 0 ]
