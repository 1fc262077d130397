# What the words after `proclab grade` mean.
. "$REPOSITORY/grader/tests/cli/common"

cp -rL "$REPOSITORY/solutions" lab
# graded N WORDS...: so many exercises were graded
graded()
{
    local want=$1
    shift
    expect 0 "$PROCLAB" grade "$@" --schedules 1 --format json
    local n
    n=$(grep -c '"id": "[0-9][0-9]-' out)
    [ "$n" = "$want" ] || fail "$n exercises instead of $want: $*"
    has out '"submission": "lab"'
}
graded 1 lab downloads
graded 1 lab 02-spawning/downloads
graded 1 lab downloads.c
graded 2 lab downloads cancel_download downloads
all=$(find lab/02-spawning -name "*.c" | wc -l)
graded "$all" lab 02-spawning
graded "$all" lab/02-spawning
graded 1 lab/02-spawning downloads
cd lab
graded 1 downloads
graded 1 02-spawning/downloads.c
graded 1 . downloads
graded "$all" 02-spawning/
cd 02-spawning
graded "$all"
graded "$all" .
graded 1 downloads
