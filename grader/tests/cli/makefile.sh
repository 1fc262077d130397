# The student's Makefile, outside of the clone, with and without proclab.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" new lab
cd lab
expect 0 make
[ -x bin/downloads ] || fail "no program"
expect 0 make -q
expect 0 make help
has out "make grade"
has out downloads

# No proclab: said clearly, with what to do.
for target in grade test-downloads run-downloads; do
    expect 2 make "$target" PROCLAB=no-such-proclab
    has err "There is no program 'no-such-proclab' in your PATH"
    has err "make PROCLAB=/path/to/it/proclab $target"
done

# Points that are missing are no error of make's; a broken grading is.
expect 0 make grade PROCLAB="$PROCLAB"
expect 0 make test-downloads PROCLAB="$PROCLAB"
has out downloads
expect 2 make grade PROCLAB=false-alarm
cat >broken <<'END'
#!/bin/sh
exit 3
END
chmod +x broken
expect 2 make grade PROCLAB=./broken
expect 0 make run-downloads ARGS='1 2' PROCLAB="$PROCLAB"
printf '@0 EOF\n' >input
expect 0 make run-cancel_download ARGS='a:1' STDIN=input PROCLAB="$PROCLAB"

# In PATH it needs no naming.
PATH="$(dirname "$PROCLAB"):$PATH" expect 0 make grade

# A file that does not compile keeps no other from being built.
make clean >/dev/null
[ ! -e bin ] || fail "bin is still there"
echo 'int main(void) { return' >02-spawning/downloads.c
expect 2 make
[ ! -e bin/downloads ] || fail "there is a program from a broken file"
[ -x bin/cancel_download ] || fail "the others were not built"

# A new file is found.
mkdir 09-own
echo 'int main(void) { return 0; }' >09-own/mine.c
expect 0 make bin/mine
