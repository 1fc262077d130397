# Who calls the grader makes no difference to a verdict: root, or an ordinary
# user.  Only root can be both.
. "$REPOSITORY/grader/tests/cli/common"

[ "$(id -u)" = 0 ] || exit 0
command -v setpriv >/dev/null || exit 0

# The repository and the program may lie where nobody else can look.
mkdir -m 777 shared
cp "$PROCLAB" shared/proclab
cp -rL "$REPOSITORY/solutions" shared/solutions
mkdir shared/wrong
for solution in shared/solutions/*/*.c; do
    chapter=$(basename "$(dirname "$solution")")
    set -- "$REPOSITORY/chapters/$chapter/wrong/$(basename "$solution" .c)".*.c
    mkdir -p "shared/wrong/$chapter"
    cp "$1" "shared/wrong/$chapter/$(basename "$solution")"
done
chmod -R a+rX . shared
mkdir -m 777 shared/tmp

as_user()
{
    setpriv --reuid=1234 --regid=1234 --clear-groups \
        env HOME="$PWD/shared" TMPDIR="$PWD/shared/tmp" "$@"
}
# Where ordinary users may not make namespaces, `proclab doctor` says so.
as_user shared/proclab doctor >out 2>&1 || exit 0

# both STATUS SUBMISSION
both()
{
    expect "$1" shared/proclab grade "shared/$2" --seed 5 --format json \
        -o by_root.json
    expect "$1" as_user shared/proclab grade "shared/$2" --seed 5 --format json
    diff -u by_root.json out >difference ||
        fail "$2: $(head -n 60 difference)"
}
both 0 solutions
both 1 wrong
empty tmp
empty shared/tmp
