# What the words after `proclab grade` mean.
. "$REPOSITORY/grader/tests/cli/common"

cp -rL "$REPOSITORY/solutions" lab
# graded N WORDS...: so many exercises were graded
graded()
{
    want=$1
    shift
    expect 0 "$PROCLAB" grade "$@" --schedules 1 --format json
    n=$(grep -c '"id": "[0-9][0-9]-' out)
    [ "$n" = "$want" ] || fail "$n exercises instead of $want: $*"
    has out '"submission": "lab"'
}
graded 1 lab downloads
graded 1 lab 02-spawning/downloads
graded 1 lab downloads.c
graded 2 lab downloads cancel_download downloads
n=$(find lab/02-spawning -name "*.c" | wc -l)
graded "$n" lab 02-spawning
graded "$n" lab/02-spawning
graded 1 lab/02-spawning downloads
cd lab
graded 1 downloads
graded 1 02-spawning/downloads.c
graded 1 . downloads
graded "$n" 02-spawning/
cd 02-spawning
graded "$n"
graded "$n" .
graded 1 downloads
