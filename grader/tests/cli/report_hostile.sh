# What a student or a program writes is text in a report, and nothing else:
# break-outs that work elsewhere, in code, output, notes, names and pictures.
. "$REPOSITORY/grader/tests/cli/common"

if ! there pandoc bwrap; then
    echo "left out: there is no pandoc, or no bwrap"
    exit 0
fi

# --- a submission to be afraid of ----------------------------------------------

# What may not be read: this file's words, the accounts of the machine.
echo 'the secret of a file nearby' >secret
cp secret secret.md
secret=$PWD/secret

"$PROCLAB" new lab >/dev/null
cat >lab/02-spawning/downloads.c <<'END'
/* ```
</code></pre><script>document.title = 'owned by code'; alert('code')</script>
```{=html}
<img src=x onerror="document.title = 'owned by an image'">
``` */
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>
int main(void)
{
    puts("```\n<script>document.title='owned by output'; alert(1)</script>");
    puts("```{=html}\n<iframe src='file:///etc/passwd'></iframe>\n```");
    puts("[a](javascript:alert(1)) {onclick=alert(1)} <b onclick=alert(1)>");
    puts("![x](file:///etc/passwd) ![y](http://127.0.0.1:9/output.png)");
    puts("plot \"`touch owned-by-backticks`\"");
    puts("\033[31mred\033[0m\033]0;a title\007 after\033]8;;http://127.0.0.1:9/"
         "osc\033\\link\033]8;;\033\\.");
    puts("\033[2J\033[Hcleared\r\b\a");
    puts("turned \342\200\256dnuora\342\200\254, hid\342\200\213den");
    puts("no utf8: \377\376\300\257\355\240\200.");
    fwrite("nul \0 byte\n", 1, 11, stdout);
    fflush(stdout);
    if (fork() == 0) {
        prctl(PR_SET_NAME, "</text><script>");
        puts("&lt;b&gt; &amp; \"quoted\" 'so'");
        fflush(stdout);
        _exit(0);
    }
    wait(NULL);
    return 0;
}
END
printf '// \377\376 \033[31m \342\200\256\nint main(void) { return 0; } // %s\n' \
    "<script>alert(9)</script>$(head -c 5000 /dev/zero | tr '\0' x)" \
    >lab/02-spawning/run_all.c
cat >lab/notes/02-spawning.md <<END
## 1. <script>document.title='owned by a heading'</script> {onclick=alert(1)}

<script>document.title='owned by notes'; alert(2)</script>

a <b onclick="alert(3)">bold</b> <img src=x onerror=alert(4)> and \`a\`{=html}

\`\`\`{=html}
<script>document.title='owned by a fence'</script>
\`\`\`

\`\`\`c {.x onclick=alert(1)}
int x;
\`\`\`

## 2. Links

[js](javascript:alert(5)) [up](JaVaScRiPt:alert(1)) <javascript:alert(7)>
[data](data:text/html,<script>alert(6)</script>) [file](file://$secret)
[plain](http://127.0.0.1:9/link) [rel](//127.0.0.1:9/rel) [vb](vbscript:x)
[good](https://example.org/a?b=1&c=2 "t\\" onclick=\\"alert(1)")

## 3. Pictures

![a](file://$secret) ![b](../../secret) ![c]($secret) ![d](/etc/passwd)
![e](http://127.0.0.1:9/image.png) ![f](figures/own.svg) ![g](figures/l.png)
![h](figures/../student.yaml) ![i](data:image/svg+xml,<svg onload=alert(1)>)

<iframe src="file://$secret"></iframe> <object data="file://$secret"></object>
<style>@import url(http://127.0.0.1:9/css); body { display: none }</style>

<meta http-equiv="refresh" content="0;url=http://127.0.0.1:9/refresh">
<base href="http://127.0.0.1:9/"><link rel="stylesheet" href="//127.0.0.1:9/l">

## 4. Others

::: {.x onclick=alert(1)}
\$\\href{javascript:alert(1)}{x}\$ \\input{$secret} <!-- comment -->
:::

| <script>alert(10)</script> | \`|\` |
|---|---|
| &lt;script&gt;alert(12)&#60;/script&#62; | [^1] |

[^1]: <script>alert(11)</script>
END
printf 'esc \033[31m, bidi \342\200\256, utf8 \377, nul \0.\n\n%s\n' \
    '${body} $body$ $for(x)$ {{x}} <%= x %> `touch owned`' \
    >lab/notes/conclusion.md
cat >lab/notes/student.yaml <<'END'
name: "</title><script>document.title='owned by yaml'</script>\e[31m \u202E"
id: "<img src=x onerror=alert(1)> $body$"
course: "\"><script>alert(1)</script> ` \u0007"
date: "![x](file:///etc/passwd)"
END
mkdir lab/notes/figures
ln -s "$secret" lab/notes/figures/l.png
cat >lab/notes/figures/own.svg <<END
<svg xmlns="http://www.w3.org/2000/svg" width="300" height="40"
 onload="document.title='owned by a picture'"><script>
document.title='owned by a picture'; alert(1)</script>
<image href="file://$secret"/><image href="http://127.0.0.1:9/svg.png"/>
<foreignObject width="100" height="30"><iframe
 xmlns="http://www.w3.org/1999/xhtml" src="file://$secret"/></foreignObject>
<text y="20">a picture of mine</text></svg>
END
ln -sf "$secret" lab/notes/03-killing.md

expect 0 "$PROCLAB" report lab downloads run_all cancel_download \
    -o hostile.html
empty err

# --- as bytes -------------------------------------------------------------------

# Tags are ours alone: none of these, and no attribute that acts.
tr -d '\n' <hostile.html | grep -o '<[^>]*>' >tags
for tag in script iframe object embed base link form input svg style/ \
    foreignObject; do
    ! grep -qi "^<$tag[ />]" tags || fail "there is a <$tag>"
done
[ "$(grep -c '^<style>' tags)" = 1 ] || fail "another style"
[ "$(grep -ci '^<meta ' tags)" = "$(grep -c '^<meta ' \
    "$REPOSITORY/report/report.html")" ] || fail "another meta"
! grep -Ei '[ "'\''](on[a-z]+|style|srcdoc)=' tags |
    grep -Ev 'style="(text-align: (left|right);|width: ?[0-9]+%;?)"' ||
    fail "an attribute that acts"
! grep -o 'src="[^"]*"' tags | grep -v '^src="data:image/svg+xml;base64,' ||
    fail "a picture from elsewhere"
! grep -o 'href="[^"]*"' tags | grep -Ev '^href="(#|https://example.org/a)' ||
    fail "a link to elsewhere"
# No byte that acts on a terminal, no character that turns others round.
! grep -qP '[\x00-\x08\x0b-\x1f\x7f]' hostile.html || fail "a control byte"
iconv -f UTF-8 -t UTF-8 hostile.html >valid || fail "no UTF-8"
! grep -qP '(*UTF)[\x{200b}-\x{200f}\x{202a}-\x{202e}\x{2066}-\x{2069}]' \
    hostile.html || fail "it turns text round"
# No file but our own was read, also not into the data of a picture.
for data in $(grep -o 'src="data:[^"]*"' hostile.html |
    sed 's/.*base64,//; s/"//'); do
    echo "$data" | base64 -d
done >pictures
lacks pictures 'secret of a file'
lacks pictures 'root:'
lacks hostile.html 'secret of a file'
lacks hostile.html 'root:x:'
[ -z "$(find . -name 'owned*')" ] || fail "something in backticks was run"

# It is all there, as text.
for words in "document.title='owned by output'" \
    "document.title='owned by notes'" 'owned by a fence' 'owned by a heading' \
    'javascript:alert(5)' 'touch owned-by-backticks' '&lt;iframe src=' \
    'red after' 'no utf8' '$body$' '@import url(' \
    'figures/l.png is not in notes/figures' \
    'notes/03-killing.md is a link'; do
    sed "s/&#39;/'/g" hostile.html >plain
    has plain "$words"
done
# The student's own picture is shown.
has pictures 'a picture of mine'

# --- in a browser ---------------------------------------------------------------

browser=$(command -v chromium-headless-shell chromium-shell chromium |
    head -n 1) || true
if [ -z "$browser" ]; then
    echo "left out: there is no chromium"
    exit 0
fi

# visit PAGE: what is left of it when all has run is in the file dom, the
# addresses that were asked for are in the file net.
visit()
{
    rm -rf profile net dom
    "$browser" --headless --no-sandbox --disable-gpu --user-data-dir=profile \
        --allow-file-access-from-files --log-net-log=net --dump-dom \
        "file://$PWD/$1" >dom 2>browser.err </dev/null ||
        fail "the browser failed: $(cat browser.err)"
    sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' dom | head -n 1 >title
}

# The same sees what a naive page lets happen; else it would prove nothing.
cat >naive.html <<END
<title>t</title><script>document.title = 'owned'</script>
<img src="http://127.0.0.1:9/image.png"><pre id="p"></pre><script>
fetch('file://$secret').then(r => r.text()).then(t => p.innerText = t)
</script>
END
visit naive.html
has title owned
has net 'http://127.0.0.1:9/image.png'

visit hostile.html
has title "Lab report: "
sed -n 's/.*<title>\(.*\)<\/title>.*/\1/p' hostile.html | head -n 1 |
    cmp - title || fail "a script has run"
lacks net '127.0.0.1'
lacks net 'example.org'
lacks dom 'secret of a file'
lacks dom 'root:x:'

# --- on paper -------------------------------------------------------------------

if ! there pdftotext pdfimages pdfinfo; then
    echo "left out: there is no pdftotext"
    exit 0
fi
expect 0 "$PROCLAB" report lab downloads run_all cancel_download \
    -o hostile.pdf
pdftotext -layout hostile.pdf text
has text "document.title='owned by output'"
has text 'a picture of mine'
lacks text 'secret of a file'
lacks text 'root:x:'
# A line without end is broken, not cut off at the edge.
[ "$(tr -cd x <text | wc -c)" -ge 5000 ] || fail "not all of a line is there"
[ "$(pdfimages -list hostile.pdf | tail -n +3 | wc -l)" = 0 ] ||
    fail "there are pictures from elsewhere"
pdfinfo hostile.pdf >info
has info 'JavaScript:      no'
has info '</title><script>document.title='
! grep -aE '/(Launch|JavaScript|EmbeddedFile|SubmitForm|RichMedia)' \
    hostile.pdf || fail "it acts"
! grep -ao '/URI ([^)]*)' hostile.pdf | grep -v 'https://example.org/a' ||
    fail "a link to elsewhere"
empty tmp
