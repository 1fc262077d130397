# The same bytes also when the machine has other work (`make repeat` is the
# long form).
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$REPOSITORY/grader/tests/repeat.sh" "$PROCLAB" 3 saved \
    downloads reap_all
has out "6 gradings with "
has out "the same bytes"
[ ! -e saved ] || fail "a difference"
empty tmp

# A grader that is not the same twice is found out.
cat >moody <<'END'
#!/bin/sh
for file; do :; done
date +%N >"$file"
case $2 in */solutions) exit 0 ;; *) exit 1 ;; esac
END
chmod +x moody
expect 1 "$REPOSITORY/grader/tests/repeat.sh" ./moody 3 saved
has err "differs from the first one"
[ -s saved/solutions.diff ] || fail "no diff"
empty tmp
