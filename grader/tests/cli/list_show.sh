# The catalog, for people.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" list
has out 02-spawning
has out "  downloads "
total=$(sed -n 's/.* exercises, \(.*\) points$/\1/p' out)
[ "$total" -gt 0 ] || fail "no points in all"

# Progress is what a grading gives.
expect 0 "$PROCLAB" list "$REPOSITORY/solutions"
has out "$total of $total points"
expect 0 "$PROCLAB" list "$REPOSITORY/starter"
has out "0 of $total points"
# In one order, in which a chapter gets more difficult.
sed -n 's/^  \([a-z_]*\) .*/\1/p' out >order
[ "$(head -n 1 order)" = image_workers ] || fail "first comes $(head -n 1 order)"
"$PROCLAB" list | sed -n 's/^  \([a-z_]*\) .*/\1/p' | cmp - order
rm -rf lab
expect 0 "$PROCLAB" new lab
echo 'int main(void) { return' >lab/02-spawning/downloads.c
expect 0 "$PROCLAB" list lab
has out "0 of $total points"
expect 2 "$PROCLAB" list no/such/directory

expect 0 "$PROCLAB" show downloads
has out "02-spawning/downloads: "
has out "SECONDS"
has out "download_child_each"
cp out by-name
expect 0 "$PROCLAB" show 02-spawning/downloads.c
cmp out by-name

# Each exercise has a task in its chapter's lesson, each check a section.
for exercise in $("$PROCLAB" list | sed -n 's/^  \([a-z_]*\) .*/\1/p'); do
    expect 0 "$PROCLAB" show "$exercise"
    grep -q "^##* .*$exercise" out || fail "the lesson has no task $exercise"
    for check in $(sed -n '/^Checks/,$s/^      \([a-z_0-9]*\)$/\1/p' out); do
        expect 0 "$PROCLAB" show "$check"
        has out "Why:  "
        has out "Hint: "
        has out "Lesson: "
        grep -q '^##* ' out || fail "the lesson of $check is not there"
    done
done

expect 2 "$PROCLAB" show dwonloads
has err "did you mean '02-spawning/downloads'?"
expect 2 "$PROCLAB" show download_child_eech
has err "did you mean 'download_child_each'?"
expect 2 "$PROCLAB" show xyzzy
has err "proclab list"
expect 2 "$PROCLAB" show downloads cancel_download

# Hints, one at a time.
expect 0 "$PROCLAB" show downloads --hint 2
has out "Hint 2 of "
has out "show downloads --hint 3"
expect 2 "$PROCLAB" show downloads --hint 99
has err "hints"
expect 2 "$PROCLAB" show downloads --hint 0
expect 2 "$PROCLAB" show download_child_each --hint 1

# Progress says what comes next.
expect 0 "$PROCLAB" list "$REPOSITORY/starter"
has out "Next: 01-naming/"
expect 0 "$PROCLAB" list "$REPOSITORY/solutions"
lacks out "Next: "
