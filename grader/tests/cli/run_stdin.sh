# What --stdin feeds, and when.
. "$REPOSITORY/grader/tests/cli/common"

run="$PROCLAB run -q"

# By default there is nothing to read.
expect 0 $run cat
empty out

# A script: at virtual times.
cat >script <<'END'
# a comment

@0 first
@1500   indented
@1500
@60000 EOF
END
expect 0 $run --stdin script cat
printf 'first\n  indented\n\n' | cmp - out
expect 0 "$PROCLAB" run --stdin script sh -c 'while read -r l; do :; done; date +%s >after'
[ -s after ] || fail "it did not come to its end"

# Any other file as it is.
printf 'no @ in front\n@0 is text here\nno newline' >plain
expect 0 $run --stdin plain cat
cmp plain out
: >nothing
expect 0 $run --stdin nothing cat
empty out
expect 0 sh -c 'echo piped | "$PROCLAB" run -q --stdin - cat'
has out piped

# bad TEXT MESSAGE
bad()
{
    printf "$1" >bad
    expect 2 $run --stdin bad cat
    has err "bad: $2"
    empty out
}
bad '@0 a\nhello\n' "line 2: expected '@MS text'"
bad '@0 a\n@x\n' "line 2: expected '@MS text'"
bad '@1.5 a\n' "line 1: "
bad '@10 a\n\n@5 b\n' "line 3: the time is before"
bad '@0 EOF\n@1 a\n' "line 2: standard input has ended"
bad '@99999999999999999999 a\n' "line 1: the time is too large"
bad 'a\000b' "it holds a NUL byte"
expect 2 $run --stdin no-such-file cat
has err "no-such-file: No such file or directory"
head -c 2000000 /dev/zero | tr '\0' x >large
expect 2 $run --stdin large cat
has err "large: it is larger than"
