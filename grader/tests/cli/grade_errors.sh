# One clear error that says what to do, and status 2.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" new lab
wrong()
{
    expect 2 "$PROCLAB" grade "$@"
    empty out
}
wrong no/such/directory
has err "there is no directory 'no/such/directory'"
wrong lab dwonloads
has err "did you mean '02-spawning/downloads'?"
wrong lab xyzzy
has err "proclab list"
wrong dwonloads
has err "did you mean '02-spawning/downloads'?"
mkdir nothing
wrong nothing
has err "no exercise lies in 'nothing'"
has err "proclab new"
[ "$(wc -l <err)" = 1 ] || fail "more than one line"
# As for the class: who has put a link there is told so.
mkdir linked
ln -s /nowhere linked/02-spawning
expect 1 "$PROCLAB" grade linked
has out "02-spawning is a link, and links are not followed"
wrong lab --check no_such_check
has err "there is no check 'no_such_check'"
wrong lab image_workers --check download_child_each
has err "belongs to 02-spawning/downloads"
wrong lab --format jsn
has err "did you mean 'json'?"
for option in '--seed -1' '--seed x' '--seed 99999999999999999999' \
    '--schedules 0' '-j 0' '-j 1x' '--seed='; do
    wrong lab $option
    has err "give a whole number"
done
empty tmp
