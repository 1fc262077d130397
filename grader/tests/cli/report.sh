# proclab report: what is in it, that it is the same each time, and what is said
# where it cannot be made.
. "$REPOSITORY/grader/tests/cli/common"

# The files of answers are made from the lessons (make figures).
for lesson in "$REPOSITORY"/chapters/*/README.md; do
    chapter=$(basename "$(dirname "$lesson")")
    "$REPOSITORY/report/notes.sh" "$chapter" |
        diff - "$REPOSITORY/starter/notes/$chapter.md" ||
        fail "starter/notes/$chapter.md is old: make figures"
    grep -q '^## 1\. ' "$REPOSITORY/starter/notes/$chapter.md" ||
        fail "there is no question in $chapter"
done

if ! there pandoc bwrap; then
    echo "left out: there is no pandoc, or no bwrap"
    exit 0
fi

# words PAGE: its text, without its pictures' data, in the file words
words()
{
    sed 's/src="data:[^"]*"/src=""/g' "$1" |
        sed ':a; N; $!ba; s/<dd>\n/<dd>/g; s,\n</dd>,</dd>,g' >words
}

# --- a starter ----------------------------------------------------------------

"$PROCLAB" new lab >/dev/null
expect 0 "$PROCLAB" report lab downloads image_filter -o page.html
empty out
empty err
words page.html
has words '<h1>Lab report</h1>'
has words '<dd>not given</dd>'
has words '<strong>The question:</strong> five downloads'
has words 'downloads: Downloads at the same time</h3>'
has words '✗ failed</td>'
has words 'proclab grade --check'
has words 'Figure 1. Timeline of 02-spawning/downloads'
has words 'Figure 2. Tree of processes of 02-spawning/downloads'
has words '<i>   1  </i><span class="co">'
has words '<span class="kw">return</span> EXIT_SUCCESS;'
has words 'Nothing is written here yet.'
has words 'notes/speedup.json is not there.'
has words '<code>proclab measure</code> makes it.'
has words 'proclab report --figures figures'
# Every question of the lesson, with no answer.
questions=$(grep -c '^## ' lab/notes/02-spawning.md)
[ "$(grep -c 'class="question' words)" = "$questions" ] || fail "questions"
[ "$(grep -c 'No answer\.' words)" = "$questions" ] || fail "no answers"
# It stands by itself, asks nobody, and no script may run in it.
has words "content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:;"
lacks words '<script'
lacks words '<link'
! grep -E '(src|href)="[a-z]*:' words || fail "it refers to something"
[ "$(stat -c %s page.html)" -lt 300000 ] || fail "it is large"

# The same bytes, from wherever it is made; file by default.
(cd lab && expect 0 "$PROCLAB" report . downloads image_filter)
cmp page.html lab/report.html
expect 0 "$PROCLAB" report lab downloads image_filter -o -
cmp page.html out

# --- what a student writes ------------------------------------------------------

cat >lab/notes/student.yaml <<'END'
name: Ada Lovelace
id: "0815"
course: Operating systems
END
cat >lab/notes/02-spawning.md <<'END'
## 1. Why?

Because `fork()` *copies*.

## 2. How?

## 3. When?

| a | b |
|---|---|
| 1 | 2 |
END
echo 'It was good.[^1]

[^1]: Mostly. See [this](https://example.org/).' >lab/notes/conclusion.md
cat >lab/notes/speedup.json <<'END'
{"schema": "proclab-speedup/v1", "program": "sha256:0", "cpus": 2,
 "image": {"width": 768, "height": 512}, "sleeping": {"rows": 48, "row_ms": 50},
 "workers": [
  {"workers": 1, "before_ms": [20, 20, 21], "filter_ms": [60, 61, 60],
   "virtual_ms": 2400},
  {"workers": 2, "before_ms": [20, 20, 20], "filter_ms": [30, 33, 31],
   "virtual_ms": 1200}]}
END
expect 0 env SOURCE_DATE_EPOCH=86400 "$PROCLAB" report lab image_filter \
    -o page.html --figures figures
words page.html
has words 'Lab report: Operating systems, Ada Lovelace</title>'
has words '<dd>0815</dd>'
has words '<dd>1970-01-02</dd>'
has words 'Because <code>fork()</code> <em>copies</em>.'
[ "$(grep -c 'No answer\.' words)" = 1 ] || fail "not one answer is missing"
has words '<td>2</td>'
has words '<a href="https://example.org/">this</a>'
has words 'Speed-up of image_filter'
has words 'Fitted to Amdahl'
has words 'another version of image_filter.c'
lacks words 'speedup.json is not there'
[ "$(ls figures)" = "02-spawning-image_filter-timeline.svg
02-spawning-image_filter-tree.svg
speedup.svg" ] || fail "figures: $(ls figures)"
has figures/speedup.svg 'Amdahl'
echo 'date: 2026-01-30' >>lab/notes/student.yaml
expect 0 env SOURCE_DATE_EPOCH=86400 "$PROCLAB" report lab image_filter \
    -o page.html
words page.html
has words '<dd>2026-01-30</dd>'
echo '{"schema": 7}' >lab/notes/speedup.json
expect 0 "$PROCLAB" report lab image_filter -o -
has out 'speedup.json cannot be used: it is not a proclab-speedup/v1'
echo '{' >lab/notes/speedup.json
expect 0 "$PROCLAB" report lab image_filter -o -
has out 'speedup.json is no JSON (line 2)'

# A program that does not compile, and one that prints without end.
echo 'int main(void) { return forty_two; }' >lab/02-spawning/run_all.c
cat >lab/02-spawning/downloads.c <<'END'
#include <stdio.h>
int main(void)
{
    for (int i = 0; i < 1000000; i++)
        puts("0123456789");
}
END
expect 0 "$PROCLAB" report lab run_all downloads -o page.html
words page.html
has words 'forty_two'
has words 'It was not run.'
has words 'lines left out'
[ "$(stat -c %s page.html)" -lt 200000 ] || fail "ten megabytes are in it"

# --- how it looks ---------------------------------------------------------------

mkdir look
echo 'body { color: #123456 }' >look/report.css
expect 0 "$PROCLAB" report lab run_all --look look -o -
has out '#123456'
lacks out 'max-width: 58rem'
echo '$no-such-thing(' >look/report.html
expect 3 "$PROCLAB" report lab run_all --look look -o new.html
has err 'pandoc failed'
[ ! -e new.html ] || fail "something was written"

# Notes without an end, in bounded memory and time.
printf '[^a]\n\n[^a]: [^a] [^b]\n\n[^b]: [^a]\n' >lab/notes/conclusion.md
expect 3 "$PROCLAB" report lab run_all -o new.html
has err 'that quotes itself'
[ ! -e new.html ] || fail "something was written"
rm lab/notes/conclusion.md

# --- what cannot be done --------------------------------------------------------

cp page.html before.html
printf 'name: x\nnickname: y\n' >lab/notes/student.yaml
expect 2 "$PROCLAB" report lab run_all -o page.html
has err "notes/student.yaml: line 2, column 1: there is no 'nickname' here"
has err 'name, id, course, group, date'
printf 'name: [x\n' >lab/notes/student.yaml
expect 2 "$PROCLAB" report lab run_all -o page.html
has err 'notes/student.yaml: line 1, column 7'
rm lab/notes/student.yaml
ln -s /etc/passwd lab/notes/student.yaml
expect 2 "$PROCLAB" report lab run_all -o page.html
has err 'notes/student.yaml is a link'
rm lab/notes/student.yaml
cmp page.html before.html
expect 3 "$PROCLAB" report lab run_all -o no/such/place.html
has err "cannot write 'no/such/place.html'"
expect 3 "$PROCLAB" report lab run_all -o page2.html --figures lab/Makefile
expect 2 "$PROCLAB" report nowhere/at/all
expect 2 "$PROCLAB" report lab --seed x

# Tools that are missing: what to install, and a status of its own.
mkdir bin
ln -s /usr/bin/* bin/
rm -f bin/pandoc
expect 4 env PATH="$PWD/bin" "$PROCLAB" report lab run_all -o new.html
has err 'apt-get install pandoc'
ln -s /usr/bin/pandoc bin/
rm -f bin/chromium*
expect 4 env PATH="$PWD/bin" "$PROCLAB" report lab run_all -o new.pdf
has err 'apt-get install chromium-headless-shell'
[ ! -e new.html ] && [ ! -e new.pdf ] || fail "something was written"
expect 0 env PATH="$PWD/bin" "$PROCLAB" report lab run_all -o page.html
empty err
# Without walls it is made all the same, and says so.
rm -f bin/bwrap
expect 0 env PATH="$PWD/bin" "$PROCLAB" report lab run_all -o plain.html
has err 'warning: pandoc and chromium run without walls around them'
has err 'apt-get install bubblewrap'
cmp page.html plain.html
empty tmp

# --- on paper -------------------------------------------------------------------

if ! command -v chromium-headless-shell chromium-shell chromium >/dev/null ||
    ! there pdfinfo pdftotext pdffonts pdftohtml pdfimages; then
    echo "left out: there is no chromium, or no pdfinfo"
    exit 0
fi
cp "$REPOSITORY/chapters/02-spawning/solution/downloads.c" lab/02-spawning/
expect 0 "$PROCLAB" report lab downloads background_worker -o page.pdf
empty err
pdfinfo page.pdf >info
grep -q '^Tagged: *yes' info || fail "it is not tagged"
grep -q '^JavaScript: *no' info || fail "it has scripts"
grep -q '^Title: *Lab report' info || fail "it has no title"
pages=$(sed -n 's/^Pages: *//p' info)
[ "$pages" -ge 6 ] || fail "$pages pages"
pdftotext -layout page.pdf text
has text 'Downloads at the same time'
has text '[Process 1] Starting download...'
has text "2 / $pages"
has text "$pages / $pages"
# The longest name of a check is in one piece.
has text ' background_daemon_killed_main '
# No heading is the last line of its page, but for the number.
awk 'BEGIN { RS = "\f" }
    {
        sub(/\n *[0-9]+ \/ [0-9]+[ \n]*$/, "")
        sub(/[ \n]+$/, "")
        sub(/.*\n/, "")
        print
    }' text >ends
[ "$(wc -l <ends)" -ge "$pages" ] || fail "pages are missing: $(cat ends)"
! grep -E '^ *(Checks|A run|Program|Answers|0 of [0-9]+ points)$' ends ||
    fail "a heading without what follows it"
pdffonts page.pdf >fonts
[ "$(tail -n +3 fonts | wc -l)" -gt 2 ] || fail "there are no fonts"
tail -n +3 fonts | sed 's/.*  *\(yes\|no\)  *\(yes\|no\)  *\(yes\|no\) .*/\1/' |
    sort -u | grep -qx yes || fail "a font is not embedded: $(cat fonts)"
# Pictures are drawn, not made of dots.
[ "$(pdfimages -list page.pdf | wc -l)" = 2 ] || fail "there are dots"
pdftohtml -xml -i -stdout page.pdf 2>/dev/null | grep '<item ' >bookmarks
has bookmarks 'downloads: Downloads at the same time</item>'
has bookmarks '>Conclusion</item>'
has bookmarks '>A run</item>'
empty tmp
