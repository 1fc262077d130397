#include "report/ast.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "report/clean.h"

/* Longest line of code; beyond, it is broken. */
enum { LINE_MOST = 400 };

/* An element: its kind, and what it holds. */
static json_t *element(const char *kind, json_t *content)
{
    return content ? json_pack("{s:s s:o}", "t", kind, "c", content) : NULL;
}

/* id, classes, attributes */
static json_t *attributes(const char *id, const char *class)
{
    return *class ? json_pack("[s[s][]]", id, class) : json_pack("[s[][]]", id);
}

static json_t *cleaned(char *text)
{
    json_t *string = text ? json_string(text) : NULL;
    free(text);
    return string;
}

/* --- inlines -------------------------------------------------------------- */

json_t *ast_str(const char *text)
{
    return element("Str", cleaned(clean_line(text)));
}

json_t *ast_format(const char *format, ...)
{
    char *text = NULL;
    va_list args;
    va_start(args, format);
    int n = vasprintf(&text, format, args);
    va_end(args);
    json_t *str = n < 0 ? NULL : ast_str(text);
    free(n < 0 ? NULL : text);
    return str;
}

json_t *ast_strong(const char *text)
{
    json_t *str = ast_str(text);
    return str ? element("Strong", json_pack("[o]", str)) : NULL;
}

json_t *ast_code(const char *text)
{
    json_t *string = cleaned(clean_line(text));
    return string
               ? element("Code", json_pack("[oo]", attributes("", ""), string))
               : NULL;
}

json_t *ast_image(const char *source, const char *alt)
{
    json_t *str = ast_str(alt);
    return str ? element("Image", json_pack("[o[o][ss]]", attributes("", ""),
                                            str, source, ""))
               : NULL;
}

json_t *ast_list(json_t *first, ...)
{
    json_t *list = json_array();
    va_list args;
    va_start(args, first);
    for (json_t *item = first; item != AST_END; item = va_arg(args, json_t *))
        ast_add(list, item);
    va_end(args);
    return list;
}

/* --- blocks --------------------------------------------------------------- */

json_t *ast_header(int level, const char *id, const char *text)
{
    json_t *str = ast_str(text);
    return str ? element("Header",
                         json_pack("[io[o]]", level, attributes(id, ""), str))
               : NULL;
}

json_t *ast_para(json_t *inlines)
{
    return element("Para", inlines);
}

json_t *ast_says(const char *text)
{
    return ast_para(ast_list(ast_str(text), AST_END));
}

static json_t *code_block(const char *class, const char *text, size_t len,
                          int wrap)
{
    struct clean_style style = {.lines = true, .wrap = wrap};
    json_t *string = cleaned(clean_text(text, len, &style));
    return string ? element("CodeBlock",
                            json_pack("[oo]", attributes("", class), string))
                  : NULL;
}

json_t *ast_code_block(const char *class, const char *text, size_t len)
{
    return code_block(class, text, len, LINE_MOST);
}

json_t *ast_div(const char *class, json_t *blocks)
{
    return blocks ? element("Div",
                            json_pack("[oo]", attributes("", class), blocks))
                  : NULL;
}

json_t *ast_definitions(json_t *items)
{
    return element("DefinitionList", items);
}

void ast_define(json_t *items, const char *term, json_t *inlines)
{
    json_t *name = ast_list(ast_str(term), AST_END);
    json_t *plain = element("Plain", inlines);
    ast_add(items, plain && name ? json_pack("[o[[o]]]", name, plain) : NULL);
}

json_t *ast_prose(const char *class, const char *text, size_t len)
{
    /* A paragraph may be one long line. */
    json_t *block = code_block(class, text, len, 0);
    if (block)
        json_array_append_new(
            json_array_get(json_array_get(json_object_get(block, "c"), 0), 1),
            json_string("proclab-prose"));
    return block;
}

/* --- tables --------------------------------------------------------------- */

static json_t *alignment(bool right)
{
    return json_pack("{s:s}", "t", right ? "AlignRight" : "AlignLeft");
}

static json_t *width(int percent)
{
    return percent > 0
               ? json_pack("{s:s s:f}", "t", "ColWidth", "c", percent / 100.0)
               : json_pack("{s:s}", "t", "ColWidthDefault");
}

static json_t *cell(json_t *inlines)
{
    return json_pack("[o{s:s}ii[o]]", attributes("", ""), "t", "AlignDefault",
                     1, 1, element("Plain", inlines));
}

static json_t *row(json_t *cells)
{
    return json_pack("[oo]", attributes("", ""), cells);
}

static json_t *head_of(const struct ast_column *columns, size_t n)
{
    json_t *cells = json_array();
    for (size_t i = 0; i < n; i++)
        ast_add(cells, cell(ast_list(ast_str(columns[i].title), AST_END)));
    return json_pack("[o[o]]", attributes("", ""), row(cells));
}

static json_t *body_of(json_t *rows)
{
    json_t *body = json_array(), *from, *inlines;
    size_t i, j;
    json_array_foreach(rows, i, from) {
        json_t *cells = json_array();
        json_array_foreach(from, j, inlines)
            ast_add(cells, cell(json_incref(inlines)));
        ast_add(body, row(cells));
    }
    json_decref(rows);
    return json_pack("[oi[]o]", attributes("", ""), 0, body);
}

json_t *ast_table(const struct ast_column *columns, size_t n, json_t *rows)
{
    json_t *specs = json_array();
    for (size_t i = 0; i < n; i++)
        ast_add(specs, json_pack("[oo]", alignment(columns[i].right),
                                 width(columns[i].percent)));
    json_t *table =
        json_pack("[o[n[]]oo[o][o[]]]", attributes("", ""), specs,
                  head_of(columns, n), body_of(rows), attributes("", ""));
    return element("Table", table);
}

/* --- the whole ------------------------------------------------------------ */

json_t *ast_meta_string(const char *text)
{
    return element("MetaInlines", ast_list(ast_str(text), AST_END));
}

json_t *ast_meta_blocks(json_t *blocks)
{
    return element("MetaBlocks", blocks);
}

/* json_array_append_new() refuses NULL; a false in its place, which is in no
 * document, is refused by ast_document(). */
void ast_add(json_t *array, json_t *item)
{
    if (array)
        json_array_append_new(array, item ? item : json_false());
}

static bool spoilt(const json_t *value)
{
    const char *key;
    json_t *item;
    size_t i;
    json_object_foreach((json_t *)value, key, item)
        if (spoilt(item))
            return true;
    json_array_foreach(value, i, item)
        if (spoilt(item))
            return true;
    return json_is_false(value);
}

json_t *ast_document(json_t *meta, json_t *blocks)
{
    if (!meta || !blocks || spoilt(blocks) || spoilt(meta)) {
        json_decref(meta);
        json_decref(blocks);
        return NULL;
    }
    return json_pack("{s:[iiii] s:o s:o}", "pandoc-api-version", 1, 22, 2, 1,
                     "meta", meta, "blocks", blocks);
}
