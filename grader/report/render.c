#include "report/render.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "course/catalog.h"
#include "course/cleanup.h"
#include "report/code.h"
#include "report/tool.h"
#include "sandbox/workdir.h"

/* Much more than they take; but a student's notes could be a riddle: footnotes
 * that quote each other have no end.  (To collect garbage less often, -A,
 * saves a fifth of its time.) */
#define PANDOC_MEMORY "768m"
enum { PANDOC_SECONDS = 120, BROWSER_SECONDS = 120 };

static int explain(char **why, int rc, const char *what, const char *said)
{
    if (asprintf(why, "%s%s%s", what, said && *said ? ": " : "",
                 said ? said : "") < 0)
        *why = NULL;
    return rc;
}

int render_open(const char *look, struct render *out, const char **warning)
{
    const char *workdir;
    int rc = workdir_make(&workdir);
    if (rc < 0)
        return rc;
    *out = (struct render){.look = look, .workdir = workdir};
    *warning = NULL;
    out->shut_in = tool_can_shut_in(warning);
    if (out->shut_in)
        *warning = NULL;
    return 0;
}

void render_close(struct render *render)
{
    workdir_remove();
    render->workdir = NULL;
}

/* --- files ---------------------------------------------------------------- */

static int path_in(const char *dir, const char *name, char path[PATH_MAX])
{
    int n = snprintf(path, PATH_MAX, "%s/%s", dir, name);
    return n > 0 && n < PATH_MAX ? 0 : -ENAMETOOLONG;
}

static int write_parts(const char *dir, const char *name,
                       const char *const *parts, const size_t *lens, size_t n)
{
    char path[PATH_MAX];
    int rc = path_in(dir, name, path);
    FILE *out = rc == 0 ? fopen(path, "we") : NULL;
    if (!out)
        return rc < 0 ? rc : -errno;
    for (size_t i = 0; i < n; i++)
        fwrite(parts[i], 1, lens[i], out);
    rc = ferror(out) ? -EIO : 0;
    return fclose(out) == 0 ? rc : -errno;
}

static int read_file(const char *dir, const char *name, char **bytes,
                     size_t *len)
{
    char path[PATH_MAX];
    struct stat st;
    int rc = path_in(dir, name, path);
    autoclose int fd = rc == 0 ? open(path, O_RDONLY | O_CLOEXEC) : -1;
    if (fd < 0 || fstat(fd, &st) < 0)
        return rc < 0 ? rc : -errno;
    char *read_ = malloc((size_t)st.st_size + 1);
    if (!read_)
        return -ENOMEM;
    ssize_t n = 0, got = 0;
    while (got < st.st_size &&
           (n = read(fd, read_ + got, (size_t)(st.st_size - got))) > 0)
        got += n;
    read_[got] = '\0';
    *bytes = read_;
    *len = (size_t)got;
    return 0;
}

/* A file of report/: the caller's own, or the one that we carry. */
static int look_file(const struct render *r, const char *name, char **bytes,
                     size_t *len)
{
    char path[PATH_MAX];
    if (r->look) {
        int rc = read_file(r->look, name, bytes, len);
        if (rc != -ENOENT)
            return rc;
    }
    snprintf(path, sizeof path, "report/%s", name);
    const struct embedded *file = embedded_find(path);
    if (!file)
        return -ENOENT;
    *bytes = malloc(file->len + 1);
    if (!*bytes)
        return -ENOMEM;
    memcpy(*bytes, file->bytes, file->len);
    (*bytes)[file->len] = '\0';
    *len = file->len;
    return 0;
}

static int place_look(const struct render *r, const char *name,
                      const char *before, const char *after, const char *as)
{
    autofree char *bytes = NULL;
    size_t len;
    int rc = look_file(r, name, &bytes, &len);
    if (rc < 0)
        return rc;
    const char *const parts[] = {before, bytes, after};
    const size_t lens[] = {strlen(before), len, strlen(after)};
    return write_parts(r->workdir, as, parts, lens, 3);
}

static int place_all(const struct render *r, const json_t *document)
{
    char path[PATH_MAX];
    int rc = place_look(r, "report.html", "", "", "template.html");
    rc = rc < 0 ? rc : place_look(r, "filter.lua", "", "", "filter.lua");
    rc = rc < 0 ? rc
                : place_look(r, "report.css", "<style>\n", "</style>\n",
                             "style.html");
    rc = rc < 0 ? rc : path_in(r->workdir, "report.json", path);
    if (rc == 0 && json_dump_file(document, path, JSON_COMPACT) != 0)
        rc = -EIO;
    return rc;
}

/* --- pandoc --------------------------------------------------------------- */

int render_html(const struct render *r, const json_t *document, char **html,
                size_t *len, char **why)
{
    static const char *const argv[] = {
        "pandoc",
        "+RTS", "-M" PANDOC_MEMORY, "-A64m", "-RTS",
        "--from=json", "--to=html5", "--standalone", "--wrap=none",
        "--data-dir=.", "--template=template.html",
        "--include-in-header=style.html", "--lua-filter=filter.lua",
        "--toc", "--toc-depth=3", "--reference-location=section",
        "--output=out.html", "report.json", NULL,
    };
    const struct tool_request request = {
        .argv = argv,
        .dir = r->workdir,
        .shut_in = r->shut_in,
        .seconds = PANDOC_SECONDS,
    };
    autofree char *said = NULL;
    static const char *const names[] = {"pandoc", NULL};
    *why = NULL;
    if (!tool_find(names))
        return explain(why, -ENOENT,
                       "a report is made by pandoc, which is missing; as root: "
                       "apt-get install pandoc",
                       NULL);
    int rc = place_all(r, document);
    if (rc < 0)
        return explain(why, rc, "cannot write what the report is made of",
                       strerror(-rc));
    rc = tool_run(&request, &said);
    if (rc == -ETIME)
        return explain(why, rc,
                       "pandoc was not done in time; is there something in the "
                       "notes that is nested a thousand times, or a footnote "
                       "that quotes itself?",
                       NULL);
    if (rc < 0 && said && strstr(said, "Heap exhausted"))
        return explain(why, rc,
                       "pandoc took more than " PANDOC_MEMORY " of memory; is "
                       "there a footnote in the notes that quotes itself?",
                       NULL);
    if (rc < 0)
        return explain(why, rc == -ENOENT ? -EIO : rc, "pandoc failed", said);
    rc = read_file(r->workdir, "out.html", html, len);
    if (rc < 0)
        return explain(why, rc, "pandoc made nothing", said);
    *len = code_tidy(*html);
    return 0;
}

/* --- a browser ------------------------------------------------------------ */

/* A browser shows a page before it prints it, and again afterwards: without
 * this a quarter of all the time would go into what nobody sees.  (Where the
 * caller's own template has no head, it is shown.) */
static int place_page(const struct render *r, const char *html, size_t len)
{
    static const char hide[] =
        "<style>@media screen { body { display: none } }</style>\n";
    const char *head_end = strstr(html, "</head>");
    size_t head = head_end ? (size_t)(head_end - html) : 0;
    const char *const parts[] = {html, hide, html + head};
    const size_t lens[] = {head, head_end ? sizeof hide - 1 : 0, len - head};
    return write_parts(r->workdir, "page.html", parts, lens, 3);
}

/* Its own walls need rights that are missing in ours and for root, so they are
 * off: the page is text and pictures, and its own policy lets no script run.
 * (To turn scripts off would turn off printing: the command is a script.) */
static int print_page(const struct render *r, const char *browser, char **said)
{
    autofree char *page = NULL;
    autofree char *profile = NULL;
    if (asprintf(&page, "file://%s/page.html", r->workdir) < 0 ||
        asprintf(&profile, "--user-data-dir=%s/profile", r->workdir) < 0)
        return -ENOMEM;
    const char *const argv[] = {
        browser, "--headless", "--no-sandbox", "--disable-gpu",
        "--no-first-run", "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND", profile,
        "--no-pdf-header-footer", "--generate-pdf-document-outline",
        "--export-tagged-pdf", "--print-to-pdf=out.pdf", page, NULL};
    const struct tool_request request = {
        .argv = argv,
        .dir = r->workdir,
        .shut_in = r->shut_in,
        .seconds = BROWSER_SECONDS,
    };
    return tool_run(&request, said);
}

int render_pdf(const struct render *r, const char *html, size_t len, char **pdf,
               size_t *pdf_len, char **why)
{
    static const char *const names[] = {"chromium-headless-shell",
                                        "chromium-shell", "chromium", NULL};
    const char *browser = tool_find(names);
    autofree char *said = NULL;
    *why = NULL;
    if (!browser)
        return explain(why, -ENOENT,
                       "a PDF is printed by chromium, which is missing; as "
                       "root: apt-get install chromium-headless-shell (or give "
                       "-o a name that ends with .html)",
                       NULL);
    int rc = place_page(r, html, len);
    rc = rc < 0 ? rc : print_page(r, browser, &said);
    if (rc == -ETIME)
        return explain(why, rc, "chromium was not done in time", NULL);
    if (rc == 0)
        rc = read_file(r->workdir, "out.pdf", pdf, pdf_len);
    return rc < 0 ? explain(why, rc == -ENOENT ? -EIO : rc, "chromium failed",
                            said)
                  : 0;
}
