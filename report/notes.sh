#!/bin/sh
# notes.sh CHAPTER: prints a student's file of answers, notes/CHAPTER.md: each
# question of the lesson as a heading, with room below.

set -eu
[ $# -eq 1 ] || { echo "usage: report/notes.sh CHAPTER" >&2; exit 2; }
cd "$(dirname "$0")/.."

cat <<END
# Answers: $1

[//]: # "Answers to the questions at the end of $1/README.md. Write below"
[//]: # "each question, and say how you know: the command and what it showed."
[//]: # "'make report' leaves lines like these out."
END
# An item of the list becomes a line.
sed -n '/^## Questions for the lab report/,/^## /p' "chapters/$1/README.md" |
    awk '
    /^## / { next }
    function put() { if (line != "") print "\n## " line }
    /^[0-9]+\. / { put(); line = $0; next }
    line != "" && /^   / { sub(/^ +/, ""); line = line " " $0 }
    END { put() }'
