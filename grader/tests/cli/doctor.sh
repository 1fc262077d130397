# What works here must work: the other tests rely on it.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" doctor
has out "Grading is possible here."
has out "works compiler"
empty err

# Without a compiler it says what to install.
mkdir bin
ln -s "$(command -v make)" bin/make
expect 3 env PATH="$PWD/bin" "$PROCLAB" doctor
has out "NO    compiler"
has out "apt-get install gcc"
has out "Grading is not possible here."
