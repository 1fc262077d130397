# What people read is spelled well and is good Markdown, where codespell and mdl
# are installed; and a lesson is neither too short nor too long.
. "$REPOSITORY/grader/tests/cli/common"

cd "$REPOSITORY"
pages=$(find . -name '*.md' -not -path './build*' -not -path './.git/*' \
    -not -path './*/notes/*') # forms, filled in or not
[ "$(echo "$pages" | wc -l)" -ge 30 ] || fail "few pages: $pages"

# Without programs, what they print, and the tasks, which are looked up.
words()
{
    awk '/^```/ { code = !code; next }
         /^## / { task = /^## Task: / }
         !code && !task && !/^<!--/ && !/^    / { n += NF }
         END { print n }' "$1"
}
for lesson in chapters/*/README.md; do
    n=$(words "$lesson")
    [ "$n" -ge 2000 ] && [ "$n" -le 4500 ] || fail "$lesson has $n words"
done

if command -v codespell >/dev/null; then
    # The words are mistakes on purpose, and a name.
    codespell -L upto,eror,retrun,halp,fro $pages Makefile bench chapters docs \
        grader packaging report starter || fail "codespell"
fi
# Notes are forms to be filled in, without a title.
if command -v mdl >/dev/null; then
    mdl --style docs/markdown.rb $(echo "$pages" | grep -v /notes/) ||
        fail "mdl"
fi
