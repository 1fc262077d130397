# What works here must work: the other tests rely on it.
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$PROCLAB" doctor
has out "Grading is possible here."
for piece in ptrace Yama 'user namespaces' 'run counts (schedstat)' compiler \
    'compile shut in' 'observe a program' 'observe it shut in'; do
    has out "works $piece"
done
empty err
empty tmp

# The tools of this machine, so that some can be taken away.
mkdir bin away
for directory in /usr/sbin /bin /usr/bin; do
    find "$directory" -maxdepth 1 ! -type d -exec ln -sf -t bin {} +
done
without()
{
    find away -type l -exec mv -t bin {} +
    find bin -name "$1" -exec mv -t away {} +
}

# A compiler that is missing is said to be, with its package.
without '*gcc*'
expect 3 env PATH="$PWD/bin" "$PROCLAB" doctor
has out "NO    compiler"
has out "so      students and instructors: no exercise can be built"
has out "remedy  as root: apt-get install gcc libc6-dev"
has out "Grading is not possible here."

# lacking NAME PIECE PACKAGE: grading needs it not.
lacking()
{
    without "$1"
    expect 0 env PATH="$PWD/bin" "$PROCLAB" doctor
    has out "lacks $2"
    grep -F -A 4 "lacks $2" out | grep -qE "so +.*(students|developers|report)" ||
        fail "whom does it concern that there is no $1?"
    has out "as root: apt-get install $3"
    has out "Grading is possible here."
}
lacking make make make
lacking pandoc pandoc pandoc
lacking 'chromium*' chromium chromium-headless-shell
lacking bwrap bubblewrap bubblewrap
lacking dot graphviz graphviz
lacking fc-match fonts 'fontconfig fonts-dejavu-core'
lacking valgrind valgrind valgrind

# Nowhere to work.
expect 3 env TMPDIR=/nonexistent "$PROCLAB" doctor
has out "NO    a place to work in (TMPDIR)"
has out "remedy  export TMPDIR=/tmp"
