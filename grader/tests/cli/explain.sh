# proclab explain: a run in words, with lines; a trace in a file; a deadlock.
. "$REPOSITORY/grader/tests/cli/common"

cat >talk.c <<'END'
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    int ends[2];
    if (pipe(ends) == -1 || write(1, "hello\n", 6) != 6)
        exit(1);
    if (fork() == 0)
        exit(read(ends[0], ends, 1) == 0);
    wait(NULL);
}
END
gcc -g -Og talk.c -o talk

# The child has the pipe's writing end open itself: it waits for ever.
expect 124 "$PROCLAB" explain ./talk
has out '0.000 s   Main writes "hello\n" (talk.c:7).'
has out 'Main starts process 1.1 (talk.c:9).'
has out 'Main waits for any of its children in waitpid(-1) (talk.c:11).'
has out 'Deadlock: '
has out '  Process 1.1 waits for input in read(3) since 0.000 s (talk.c:10).'
[ "$(wc -L <out)" -le 80 ] || fail "a line is $(wc -L <out) columns wide"
! grep -q "$(printf '\033')" out || fail "there are escape sequences"
empty err
cp out first

# The same of a file; without the program there are no lines.
expect 124 "$PROCLAB" run -q --json talk.json ./talk
has out hello
expect 0 "$PROCLAB" explain talk.json ./talk
cmp out first
expect 0 "$PROCLAB" explain talk.json
! grep -q 'talk\.c' out || fail "lines without a program"
expect 2 "$PROCLAB" explain missing.json
has err missing.json
expect 2 "$PROCLAB" explain
has err "which program"

# What was drawn is told too where nobody could go on.
expect 124 "$PROCLAB" run ./talk
has err '  Process 1.1 waits for input in read(3) since 0.000 s (talk.c:10).'
expect 124 "$PROCLAB" run --no-lines ./talk
has err '  Process 1.1 waits for input in read(3) since 0.000 s.'

# A program of the system, found in PATH.
expect 3 "$PROCLAB" explain sh -c 'exit 3'
has out 'Main ends with exit code 3.'
expect 127 "$PROCLAB" explain ./no-such-program
