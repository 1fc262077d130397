# `make docs`: a site of everything, in which every link leads somewhere.  What
# Doxygen warns of, and a link that leads nowhere, is an error.
. "$REPOSITORY/grader/tests/cli/common"

for tool in doxygen dot; do
    command -v $tool >/dev/null || exit 0
done
[ -d /usr/share/doxygen-awesome-css ] || exit 0
expect 0 "$REPOSITORY/docs/build.sh" site
has out 'site/docs/index.html'
site=site/docs
for page in index students instructors tour glossary misconceptions gallery \
    architecture howto-add-a-check decisions chapters-01-naming \
    observe_8h trace_8h query_8h claim_8h; do
    [ -s $site/$page.html ] || fail "there is no page $page"
done
# Every page of the repository is there, and can be reached.
for page in "$REPOSITORY"/docs/*.md "$REPOSITORY"/docs/decisions/0*.md; do
    name=$(basename "$page" .md)
    case $page in
    */decisions/*) name=decisions-$name ;;
    esac
    [ -s "$site/$name.html" ] || fail "there is no page $name"
    grep -q "\"$name.html\"" $site/menudata.js ||
        fail "$name is not in the menu"
done
has $site/index.html 'src="docs/figures/verdict.svg"'
[ -s $site/docs/figures/verdict.svg ] || fail "the verdict is not there"
has $site/chapters-02-spawning.html 'id="chapters-02-spawning_task-downloads"'
grep -rlF -e "$REPOSITORY" -e "$PWD" $site >out && fail "paths in $(cat out)"
grep -rhoE '(src|href)="(https?:)?//[^"]*\.(js|css|png|svg)"' $site >out &&
    fail "it asks the network: $(cat out)"

# Another repository, without a program, with mistakes in a page.
mkdir -p other/grader/trace
cp -r "$REPOSITORY"/{Makefile,README.md,CHANGELOG.md,LICENSE} other/
cp -r "$REPOSITORY"/{docs,chapters,starter,solutions} other/
echo '/** @file */' >other/grader/trace/trace.h
page=other/docs/glossary.md
echo 'A @nonsense.' >>$page
expect 1 other/docs/build.sh site
has err 'docs/glossary.md'
has err 'nonsense'
sed -i '$d' $page
printf 'A [link](architecture.md#nowhere), <a href="nowhere.html">two</a>.' >>$page
expect 1 other/docs/build.sh site
has err 'glossary.html links to nowhere.html, which is not there'
has err 'links to architecture.html#architecture_nowhere, which is not there'
empty tmp
