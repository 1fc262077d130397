# A verdict of `proclab grade` as a picture: awk -v command=... -f verdict.awk
# Colours and fonts are those of grader/trace/svg_write.c.

function escaped(s)
{
    gsub(/&/, "\\&#38;", s)
    gsub(/</, "\\&#60;", s)
    gsub(/>/, "\\&#62;", s)
    return s
}

# Words at a column; their width is given, as fonts differ.
function words(class, column, s)
{
    sub(/ +$/, "", s)
    if (s == "")
        return
    body = body sprintf("<text class='%s' x='%.1f' y='%d' textLength='%.1f' lengthAdjust='spacingAndGlyphs' xml:space='preserve'>%s</text>\n", class, 20 + column * 7.8, y, length(s) * 7.8, escaped(s))
}

BEGIN {
    y = 34
    words("k", 0, "$")
    words("b", 2, command)
    y += 8
}

# How many runs it took changes with every version.
/^  \([0-9]+ runs/ { next }

{ y += 19 }

# "      expected  words": a label, or the lines below it.
/^      / && match($0, /^ +[a-z]*  /) {
    words("k", 6, substr($0, 7, 10))
    words("t", 16, substr($0, 17))
    next
}

/^  [✓✗]/ {
    class = /✗/ ? "bad" : "good"
    words(class, 2, substr($0, 3))
    next
}

{
    blank = match($0, /[^ ]/) - 1
    words("t", blank > 0 ? blank : 0, substr($0, blank + 1))
}

END {
    height = y + 22
    printf "<svg xmlns='http://www.w3.org/2000/svg' width='680' height='%d' viewBox='0 0 680 %d' role='img' aria-labelledby='title'>\n", height, height
    printf "<title id='title'>%s</title>\n<style>\n", escaped(command)
    print "text{font:13px 'Noto Sans Mono','DejaVu Sans Mono',monospace;fill:#1f2328}.b,.good,.bad{font-weight:700}.k{fill:#57606a}.good{fill:#1f6b37}.bad{fill:#b42318}rect{fill:#f6f8fa;stroke:#d0d7de}"
    print "@media (prefers-color-scheme:dark){text{fill:#dde2e8}.k{fill:#9fa9b4}.good{fill:#6cc381}.bad{fill:#ff8378}rect{fill:#15181c;stroke:#363d45}}"
    printf "</style>\n<rect x='0.5' y='0.5' width='679' height='%d' rx='8'/>\n%s</svg>\n", height - 1, body
}
