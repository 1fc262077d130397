# The commands that pages show are there, and print what the pages say they
# print (`make figures` fills it in again).
. "$REPOSITORY/grader/tests/cli/common"

expect 0 "$REPOSITORY/docs/check-commands.sh" "$PROCLAB"
cp out left_out
# Pages that change the repository are docs_howto.sh's.
pages=$(cd "$REPOSITORY" && grep -LFx '<!-- clone: copy -->' \
    $(grep -lFx '```console' README.md {docs,starter,solutions}/*.md))
# shellcheck disable=SC2086  # words
expect 0 "$REPOSITORY/docs/console.sh" -o fresh "$PROCLAB" $pages
n=0
for page in $(cd fresh && find . -name '*.md'); do
    diff -u "$REPOSITORY/$page" "fresh/$page" ||
        fail "$page shows what is not printed any more: make figures"
    n=$((n + $(grep -c '^\$ ' "fresh/$page")))
    n=$((n - $(grep -c "^${page#./}: " left_out || :)))
done
[ "$n" -ge 50 ] || fail "$n commands were run"
echo "$n commands run; not run:"
cat left_out
empty tmp

# It can fail: another output, a command that is not there, one without a block.
mkdir -p mutant/docs
cp -r "$REPOSITORY"/docs/*.sh "$REPOSITORY"/docs/*.awk mutant/docs/
cp -r "$REPOSITORY/starter" "$REPOSITORY/solutions" mutant/ 2>/dev/null || :
cp "$REPOSITORY/Makefile" mutant/
page()
{
    printf '%s\n' "$@" >mutant/README.md
}
page '```console' '$ echo right' 'wrong' '$ printf "a\nb\nc\n"' '...' 'c' '```'
(cd mutant && bash docs/console.sh -o ../again "$PROCLAB" README.md)
page '```console' '$ echo right' 'right' '$ printf "a\nb\nc\n"' '...' 'c' '```'
diff mutant/README.md again/README.md || fail "the output was not filled in"
page '```console' '$ proclab nonsense' '```'
expect 123 bash mutant/docs/console.sh -o again "$PROCLAB" README.md
has err 'status 2: proclab nonsense'
page 'See `proclab grade --nonsense`, `make nonsense`, `proclab nonsense`.' '' \
    '    proclab list'
expect 1 mutant/docs/check-commands.sh "$PROCLAB"
has out 'README.md:3: not run: proclab list'
has out 'proclab grade knows no --nonsense'
has out 'there is no make nonsense'
has out 'there is no proclab nonsense'
