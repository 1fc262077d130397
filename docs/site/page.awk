# A Markdown page of the repository as Doxygen wants it:
#     awk -v page=PATH -v sources=LIST -v files=LIST -v toc=1 \
#         -f docs/paths.awk -f docs/site/page.awk PATH
# Headings get names, links lead to pages of the site, code is left alone.  The
# C files that it links to are added to the one list, all other files, as
# pictures, to the other.

function escaped(text) {
    gsub(/&/, "\\&amp;", text)
    gsub(/</, "\\&lt;", text)
    gsub(/>/, "\\&gt;", text)
    gsub(/"/, "\\&quot;", text)
    return text
}

# Where a link's target is in the site.
function site(target,    path, anchor) {
    if (target ~ /^[a-z]+:/)
        return target
    path = anchor = target
    sub(/#.*/, "", path)
    if (!sub(/^[^#]*#/, "", anchor))
        anchor = ""
    path = resolve(page, path)
    if (path !~ /\.(md|c)$/) {
        print path >files
        return path
    }
    if (path ~ /\.c$/)
        print path >sources
    path = label_of(path)
    return path ".html" (anchor == "" ? "" : "#" path "_" anchor)
}

# Doxygen finds no link between two quotation marks, so these are named, but for
# those of code and of HTML.  A code span may go over several lines.
function name_quotes(line,    parts, n, i) {
    if (line == "")
        in_code = 0
    if (line ~ /<[a-z]+ /)
        return line
    n = split(line, parts, "`")
    line = ""
    for (i = 1; i <= n; i++) {
        if (!in_code)
            gsub(/"/, "\\&quot;", parts[i])
        line = line (i > 1 ? "`" : "") parts[i]
        if (i < n)
            in_code = !in_code
    }
    return line
}

# Text: its code spans, which may hold what means something to Doxygen, and its
# links.
function text(line,    out) {
    line = name_quotes(line)
    gsub(/`/, "``", line)
    while (match(line, /\]\([^) ]+\)/)) {
        out = out substr(line, 1, RSTART + 1) \
            site(substr(line, RSTART + 2, RLENGTH - 3)) ")"
        line = substr(line, RSTART + RLENGTH)
    }
    return out line
}

# A picture can be larger than a telephone, and is then moved or opened.
function picture(markdown,    alt, file) {
    alt = file = markdown
    sub(/^!\[/, "", alt)
    sub(/\]\([^)]*\)$/, "", alt)
    sub(/^.*\]\(/, "", file)
    sub(/\)$/, "", file)
    file = resolve(page, file)
    printf "@htmlonly\n<div class=\"picture\"><a href=\"%s\">", file
    printf "<img src=\"%s\" alt=\"%s\"></a></div>\n@endhtmlonly\n", file, \
        escaped(alt)
    print file >files
}

function begin_code(language) {
    console = language == "console"
    if (console)
        printf "@htmlonly\n<pre class=\"fragment\">"
    else
        printf "```{%s}\n", language == "c" ? ".c" : ".unparsed"
}

# What is typed stands out from what is answered.
function code(line) {
    if (!console)
        print line
    else if (line ~ /^(\$|>) /)
        print "<b>" escaped(line) "</b>"
    else
        print escaped(line)
}

function end_code() {
    print console ? "</pre>\n@endhtmlonly" : "```"
}

BEGIN { blank = 1 }

# Comments speak to scripts.
/^<!--.*-->$/ { next }

fenced && /^ *```/ { end_code(); fenced = 0; next }
fenced { code($0); next }
/^ *```/ {
    language = $0
    sub(/^ *```/, "", language)
    begin_code(language)
    fenced = 1
    next
}

# Four blanks make code, but not in a list.
indented && /^    |^$/ { held = held substr($0, 5) "\n"; next }
indented {
    sub(/\n+$/, "\n", held)
    printf "%s", held
    end_code()
    print ""
    held = indented = 0
}
/^    / && blank && !list { begin_code(""); indented = 1; held = substr($0, 5) "\n"; next }

/^[^ ]/ { list = /^([-*]|[0-9]+\.) / }
{ blank = /^$/ }

/^!\[/ || alt != "" {
    alt = alt (alt == "" ? "" : " ") $0
    if (alt ~ /\)$/) {
        picture(alt)
        alt = ""
    }
    next
}

/^# / {
    printf "%s {#%s}\n\n", text($0), page == "README.md" ? "mainpage" : label_of(page)
    if (toc)
        print "[TOC]\n"
    next
}
/^##+ / { printf "%s {#%s_%s}\n", text($0), label_of(page), anchor_of($0, seen); next }

{ print text($0) }

END {
    if (indented) {
        sub(/\n+$/, "\n", held)
        printf "%s", held
        end_code()
    }
}
