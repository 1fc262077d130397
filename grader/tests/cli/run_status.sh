# `proclab run` exits as the program did, or says why it could not.
. "$REPOSITORY/grader/tests/cli/common"

run="$PROCLAB run"

expect 0 $run true
expect 7 $run sh -c 'exit 7'
expect 143 $run sh -c 'kill -TERM $$'
expect 137 $run sh -c 'kill -KILL $$'

# What had to be ended.
expect 124 $run --limit-time 5 sleep 100
expect 124 $run --limit-output 1K sh -c 'while :; do echo y; done'
printf '@100 hello\n' >open.txt
expect 124 $run --stdin open.txt --quiet cat
has out hello
has err "proclab run: ended: deadlock"

# What cannot be executed, or is not there.
expect 127 $run ./no-such-program
has err "proclab run: ./no-such-program: "
PATH=/usr/bin:/bin expect 127 $run no-such-program
echo text >text
expect 126 $run ./text
chmod +x text
mkdir directory
expect 126 $run ./directory

expect 2 $run
expect 2 $run --clock fast true
has err "there is no clock 'fast'"
expect 2 $run --schedule rondom true
has err "did you mean 'random'?"
expect 2 $run --limit-time 0 true
has err "give a time such as"
expect 2 $run --limit-time 1w true
expect 2 $run --limit-output 1T true
has err "give a size such as"
empty out
empty tmp
