# proclab measure: how much faster several workers filter an image.
. "$REPOSITORY/grader/tests/cli/common"

"$PROCLAB" new lab >/dev/null
rm -r lab/notes

# A starter does not do what is measured; nothing is written then.
expect 1 "$PROCLAB" measure lab
has err "'image_filter 1 0 FILE' has to filter the image with 1 worker"
has err "main had 0 children"
[ ! -e lab/notes/speedup.json ] || fail "something was written"
echo 'int main(void) { return forty_two; }' >lab/02-spawning/image_filter.c
expect 1 "$PROCLAB" measure lab
has err "image_filter.c does not compile"
rm lab/02-spawning/image_filter.c
expect 1 "$PROCLAB" measure lab
has err image_filter.c

# In turn all workers, as often as asked for; the directory is made.
cp "$REPOSITORY/chapters/02-spawning/solution/image_filter.c" lab/02-spawning
expect 0 "$PROCLAB" measure lab --workers 3 --repeats 2
has out "Written to lab/notes/speedup.json"
empty err
file=lab/notes/speedup.json
has $file '"schema": "proclab-speedup/v1"'
has $file "\"cpus\": $(nproc)"
[ "$(grep -c '"before_ms"' $file)" = 3 ] || fail "not three rows"
[ "$(grep -A 2 '"filter_ms"' $file | grep -c '[0-9][0-9]*\.[0-9]')" = 6 ] ||
    fail "not two numbers in each row"
# Sleeping is shared out without loss: 48 rows of 50 ms.
[ "$(sed -n 's/.*"virtual_ms": //p' $file | tr '\n' ' ')" = \
    '2400.0 1200.0 800.0 ' ] || fail "not these virtual times"
expect 0 "$PROCLAB" grade lab image_filter --format json
has out "$(sed -n 's/.*"program": "\(sha256:[0-9a-f]*\)".*/\1/p' $file)"

# From within the submission, too.
(cd lab && expect 0 "$PROCLAB" measure -w 1 -n 1)
[ "$(grep -c '"before_ms"' $file)" = 1 ] || fail "the old one is still there"

# A result that depends on the number of workers is not worth measuring.
cp "$REPOSITORY/chapters/02-spawning/wrong/image_filter.stripe_is_an_image.c" \
    lab/02-spawning/image_filter.c
cp $file before
expect 1 "$PROCLAB" measure lab --workers 2 --repeats 1
has err "the result is not that of one worker"
cmp $file before

# Nothing outside of the submission is written.
cp "$REPOSITORY/chapters/02-spawning/solution/image_filter.c" lab/02-spawning
mkdir elsewhere
mv lab/notes lab/old
ln -s ../elsewhere lab/notes
expect 3 "$PROCLAB" measure lab -w 1 -n 1
has err "not a plain file in a directory of 'lab'"
empty elsewhere
rm lab/notes
mkdir lab/notes
ln -s ../../outside lab/notes/speedup.json
expect 3 "$PROCLAB" measure lab -w 1 -n 1
[ ! -e outside ] || fail "a link was followed"
rm -r lab/notes
echo >lab/notes
expect 3 "$PROCLAB" measure lab -w 1 -n 1

expect 2 "$PROCLAB" measure lab --workers 0
expect 2 "$PROCLAB" measure lab --repeats 1000
expect 2 "$PROCLAB" measure lab downloads
expect 2 "$PROCLAB" measure elsewhere
empty tmp
