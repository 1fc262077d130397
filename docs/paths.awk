# Paths and headings as Markdown has them: for scripts that read pages.

# The path of a link's target, seen from a page of the repository: "../a.md" in
# docs/decisions/README.md is docs/a.md.  "" if it leads out of the repository.
function resolve(page, path,    parts, n, i, out, m, whole) {
    if (path == "")
        return page
    whole = page
    if (!sub(/[^\/]*$/, "", whole))
        whole = ""
    n = split(whole path, parts, "/")
    for (i = 1; i <= n; i++) {
        if (parts[i] == "..")
            m--
        else if (parts[i] != "." && parts[i] != "")
            out[++m] = parts[i]
        if (m < 0)
            return ""
    }
    whole = m ? "" : "."
    for (i = 1; i <= m; i++)
        whole = whole (i > 1 ? "/" : "") out[i]
    return whole
}

# "## How to `grade`" is what links call how-to-grade; the second one of a page
# how-to-grade-1.
function anchor_of(heading, seen,    text) {
    text = tolower(heading)
    sub(/^#+ +/, "", text)
    gsub(/\[|\]\([^)]*\)/, "", text)
    gsub(/[^a-z0-9 _-]/, "", text)
    gsub(/ /, "-", text)
    return text (seen[text]++ ? "-" (seen[text] - 1) : "")
}

# The name of a file's page in the site, without ".html".
function label_of(path) {
    if (path == "README.md")
        return "index"
    sub(/^docs\//, "", path)
    sub(/\/README\.md$|\.md$/, "", path)
    gsub(/[\/.]/, "-", path)
    return tolower(path)
}
