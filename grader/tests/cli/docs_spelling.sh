# No word is spelled as codespell(1) knows that it should not be, save those
# that are mistakes on purpose, and a name.
. "$REPOSITORY/grader/tests/cli/common"

command -v codespell >/dev/null || exit 0
expect 0 codespell -L upto,eror,retrun,halp,fro,recieve "$REPOSITORY"/{Makefile,*.md} \
    "$REPOSITORY"/{bench,chapters,docs,grader,packaging,report,starter}
printf 'To recieve it.\n' >mistake.md
expect 65 codespell mistake.md
