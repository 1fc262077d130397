# The lessons show what really happens (`make figures` makes them again); their
# programs lie beside them as files.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$REPOSITORY/chapters/figures.sh" "$PROCLAB" fresh
for lesson in "$REPOSITORY"/chapters/*/README.md; do
    chapter=$(basename "$(dirname "$lesson")")
    diff -u "$lesson" "fresh/$chapter/README.md" ||
        fail "chapters/$chapter/README.md is old: make figures"
done
for program in "$REPOSITORY"/chapters/*/programs/*.c; do
    lesson=$(dirname "$(dirname "$program")")/README.md
    has "$lesson" "<!-- program: $(basename "$program" .c) -->"
done
awk '/^<!-- program: / { filled = 1 }
     /^```$/ { filled = 0 }
     /^int main\(/ && !filled { print FILENAME ":" FNR; n++ }
     END { exit n > 0 }' "$REPOSITORY"/chapters/*/README.md ||
    fail "a program in a lesson is not a file of programs/"
empty tmp
