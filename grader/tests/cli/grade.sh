# Points and exit status of the three submissions that are always there.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" grade "$REPOSITORY/solutions"
empty err
expect 1 "$PROCLAB" grade "$REPOSITORY/starter"
empty err
expect 0 "$PROCLAB" new lab
expect 1 "$PROCLAB" grade lab --format json -o lab.json
empty out
grep -q '^  "points": 0,' lab.json || fail "a new tree has points"
grep -q '^  "submission": "lab",' lab.json || fail "no name"

# Who begins sees the first step, and is not told of all others.
expect 1 "$PROCLAB" grade lab --schedules 1
has out '01-naming/image_workers: A named process for each image'
lacks out '02-spawning/downloads: '
has out '0/4  not begun'
has out "Next: 01-naming/image_workers  ($PROCLAB show image_workers)"
echo >>lab/02-spawning/downloads.c
expect 1 "$PROCLAB" grade lab --schedules 1
lacks out '01-naming/image_workers: '
has out '02-spawning/downloads: '
has out "Next: 02-spawning/downloads "

# The directory's own name, whatever it was called by.
(cd lab && expect 1 "$PROCLAB" grade --format json && has out '"submission": "lab"')

# The same submission and seed: the same bytes, however many at once.
for jobs in 1 3; do
    expect 0 "$PROCLAB" grade -j $jobs --schedules 2 --seed 7 --format json \
        -o result.$jobs "$REPOSITORY/solutions"
done
cmp result.1 result.3
expect 0 "$PROCLAB" grade --schedules 2 --seed 8 --format json "$REPOSITORY/solutions"
! cmp -s out result.1 || fail "the seed changes nothing"

expect 0 "$PROCLAB" grade --schedules 1 --format tap "$REPOSITORY/solutions"
has out "TAP version 14"
lacks out "not ok"
expect 0 "$PROCLAB" grade --schedules 1 --format junit "$REPOSITORY/solutions"
has out "<testsuites"
empty tmp
