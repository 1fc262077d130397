# A class: its results, what is graded again, what goes wrong.
. "$REPOSITORY/grader/tests/cli/common"

# --- what is no class, and nothing is run without --trust --------------------

# hand_in NAME TREE: half of the course is enough here.
hand_in()
{
    mkdir -p class/"$1"
    cp -rL "$REPOSITORY/$2"/0[12]-* class/"$1"
}
mkdir class none
hand_in ada solutions
hand_in bob starter
mkdir class/empty
echo 'ada,bob' >class/roster.csv
expect 2 "$PROCLAB" class class
has err "--trust"
[ ! -e class.results ] || fail "something was done without --trust"
empty out
for words in '' nowhere class/roster.csv none class/ada 'class none' \
    'class -o class' 'class -j 0' 'class --schedules x'; do
    # shellcheck disable=SC2086  # words
    expect 2 "$PROCLAB" class --trust $words
    [ -s err ] || fail "nothing said: class $words"
done
expect 2 "$PROCLAB" class --trust class/ada
has err "proclab grade"
empty tmp
[ ! -e class.results ] && [ ! -e none.results ] || fail "a results directory"

# --- results -----------------------------------------------------------------

grade_class()
{
    expect "$1" "$PROCLAB" class --trust class --schedules 1 "${@:2}"
}
grade_class 0
has out '2 graded, 1 without a submission: class.results/class.csv'
has err 'empty: the directory is empty'
has err '1 file'
[ "$(cd class.results && echo *)" = "ada.json bob.json class.csv" ] ||
    fail "other files: $(ls class.results)"
for name in ada bob; do
    "$PROCLAB" grade --schedules 1 class/$name --format json -o one.json || :
    cmp one.json class.results/$name.json
done
tr -d '\r' <class.results/class.csv | cut -d , -f 1-7 >table
number()
{
    sed -n "s/^  \"$2\": \([0-9]*\),/\1/p" class.results/"$1".json
}
max=$(number ada max_points)
diff table - <<END
submission,points,max_points,complete,status,reason,result
ada,$(number ada points),$max,true,graded,,ada.json
bob,0,$max,true,graded,,bob.json
empty,,,false,nothing,the directory is empty,
END
grade_class 0 -j 1 -o class.one
grade_class 0 -j 5 -o class/results
diff -r class.results class.one
diff -r class.results class/results
rm -r class/results

# --- what is graded again ----------------------------------------------------

# again WORDS...: what the summary says of the next grading.
again()
{
    grade_class 0 "${@:2}"
    has out "$1"
}
again '2 graded (2 unchanged)'
(cd class && expect 0 "$PROCLAB" class --trust . --schedules 1)
again '2 graded (2 unchanged)'
echo notes >class/bob/notes.txt
again '2 graded (2 unchanged)'
again '2 graded,' --again
diff -r class.results class.one
again '2 graded,' --seed 2
again '2 graded,'
echo x >class.results/ada.json
again '2 graded (1 unchanged)'
rm class.results/bob.json
again '2 graded (1 unchanged)'
diff -r class.results class.one
cp class/ada/02-spawning/*.c class/bob/02-spawning
again '2 graded (1 unchanged)'
! grep -q '^bob,0,' class.results/class.csv || fail "bob's new work was not seen"
rm -r class/bob
mkdir class/bob
grade_class 0
has out '1 graded (1 unchanged), 2 without'
[ ! -e class.results/bob.json ] || fail "bob's old result is still there"

# --- what goes wrong ---------------------------------------------------------

touch file
for results in file nowhere/results /proc/results; do
    grade_class 3 -o $results
    has err "cannot write into '$results'"
    [ "$(wc -l <err)" = 1 ] || fail "more than one error: $(cat err)"
    empty out
done
rm class.results/ada.json
mkdir class.results/ada.json
grade_class 3
has err "cannot write the result of ada in 'class.results': Is a directory"
rmdir class.results/ada.json

# A grading that is killed is a row, costs no other one, and is tried again.
rm -rf class/bob class/empty
hand_in bob solutions
set -m # a job then does not ignore SIGINT
"$PROCLAB" class --trust class -j 1 --schedules 3000 -o slow >out 2>err &
class=$!
set +m
first=
until first=$(cat /proc/$class/task/$class/children) && [ -n "$first" ] &&
    [ -n "$(find tmp -type f)" ]; do
    kill -0 $class || fail "it ended by itself: $(cat out err)"
done
kill -KILL $first
until grep -q 'ada: The grader itself was killed by SIGKILL' err; do
    kill -0 $class || fail "it ended by itself: $(cat out err)"
done
kill -INT $class
status=0
wait $class || status=$?
[ $status = 130 ] || fail "status $status after Ctrl-C"
has out '0 graded, 1 could not be graded, 1 not yet: slow/class.csv'
has err 'stopped; the same command goes on from here'
grep -q '^ada,,,false,error,"The grader' slow/class.csv || fail "no row for ada"
grep -q '^bob,,,false,pending,' slow/class.csv || fail "no row for bob"
empty tmp
expect 0 "$PROCLAB" class --trust class --schedules 1 -o slow
has out '2 graded: slow/class.csv'

# Two at once write into different directories.  Without job control a shell's
# job ignores SIGINT, and goes on doing so.
"$PROCLAB" class --trust class --schedules 3000 -o slow >/dev/null 2>&1 &
class=$!
until [ -n "$(find tmp -type f)" ]; do kill -0 $class; done
expect 3 "$PROCLAB" class --trust class -o slow
has err "another grading writes into 'slow'"
kill -INT $class
kill -TERM $class
status=0
wait $class || status=$?
[ $status = 143 ] || fail "status $status after SIGTERM"
empty tmp

# Root can look into every directory.
if [ "$(id -u)" != 0 ]; then
    chmod 0 class/bob
    grade_class 3
    has out '1 graded, 1 could not be graded'
    has err 'bob: the directory'
    chmod 755 class/bob
fi

# A disk that is full: only root can make one.
if [ "$(id -u)" = 0 ] && unshare -m true 2>/dev/null; then
    mkdir small
    expect 3 unshare -m sh -c 'mount -t tmpfs -o size=64k none small &&
        "$0" class --trust class --schedules 1 -o small' "$PROCLAB"
    has err "in 'small': No space left on device"
    empty out
fi
empty tmp

# --- on a terminal -----------------------------------------------------------

command -v script >/dev/null || exit 0
export TERM=xterm
script -qec 'stty cols 100; "$PROCLAB" class --trust class --schedules 1 --again' \
    /dev/null </dev/null >screen
has screen '] 1 of 2, '
has screen ' left'
has screen '2 graded: class.results/class.csv'
