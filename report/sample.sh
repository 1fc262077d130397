#!/bin/sh
# sample.sh PROCLAB DIR: makes the sample report: that of the solutions, with
# the notes of someone who has answered a few of the questions.  Writes
# DIR/report.html and DIR/report.pdf; the submission is DIR/sample.

set -eu
[ -x "${1-}" ] && [ -n "${2-}" ] ||
    { echo "usage: report/sample.sh PROCLAB DIR" >&2; exit 2; }
PATH=$(cd "$(dirname "$1")" && pwd):$PATH
repository=$(cd "$(dirname "$0")/.." && pwd)
mkdir -p "$2"
cd "$2"

rm -rf sample
proclab new sample >/dev/null
for solution in "$repository"/chapters/*/solution/*.c; do
    cp "$solution" "sample/$(basename "${solution%/solution/*}")/"
done
cp "$repository"/solutions/notes/* sample/notes/

proclab measure sample
proclab report sample -o report.html
proclab report sample -o report.pdf
echo "report: begin with $2/report.html; the same on paper: $2/report.pdf"
