-- Sets what a student has written: the Markdown in code blocks of the class
-- "proclab-prose".  Everything else in a report is text already.
--
-- What may be in it: paragraphs, lists, tables, quotes, code, footnotes, links
-- to https://, pictures that lie in notes/figures.  The rest is shown as it was
-- written, so that nobody has to guess where it has gone.

local FORMAT = 'commonmark-raw_html+pipe_tables+footnotes'
local pictures = {}

local function note(text)
    return pandoc.Span({pandoc.Str(text)}, pandoc.Attr('', {'note'}))
end

local function plain_attributes()
    return pandoc.Attr('', {})
end

-- Only what highlights: a word.
local function code_attributes(attr)
    local class = attr.classes[1] or ''
    return pandoc.Attr('', class:match('^%a[%w+-]*$') and {class} or {})
end

local allowed = {
    RawBlock = function(raw)
        return pandoc.CodeBlock(raw.text)
    end,
    RawInline = function(raw)
        return pandoc.Str(raw.text)
    end,
    Link = function(link)
        if link.target:match('^https://[^%s]+$') then
            return pandoc.Link(link.content, link.target, '',
                               plain_attributes())
        end
        local shown = link.content
        shown:insert(note(' (' .. link.target .. ')'))
        return shown
    end,
    Image = function(image)
        local uri = pictures[image.src]
        if uri then
            return pandoc.Image(image.caption, uri, '', plain_attributes())
        end
        local shown = image.caption
        shown:insert(note(' (no picture: ' .. image.src ..
                          ' is not in notes/figures)'))
        return shown
    end,
    Code = function(code)
        return pandoc.Code(code.text)
    end,
    CodeBlock = function(block)
        return pandoc.CodeBlock(block.text, code_attributes(block.attr))
    end,
    Span = function(span)
        return span.content
    end,
    Div = function(div)
        div.attr = plain_attributes()
        return div
    end,
}

-- Headings of notes lie below those of the report, and out of its contents.
local function heading(header)
    local level = math.min(header.level + 2, 6)
    return pandoc.Header(level, header.content,
                         pandoc.Attr('', {'unlisted', 'unnumbered'}))
end

-- No heading: a PDF's bookmarks would hold all of its words.
local function question(header)
    return pandoc.Div({pandoc.Para(header.content)},
                      pandoc.Attr('', {'question'}))
end

local function missing(text)
    return pandoc.Div({pandoc.Para({pandoc.Str(text)})},
                      pandoc.Attr('', {'missing'}))
end

-- A question is a heading of the second level: what follows it, up to the next
-- one, is the answer.
local function answers(blocks)
    local out, open = pandoc.List(), false
    for _, block in ipairs(blocks) do
        if block.t == 'Header' and block.level <= 2 then
            if open then out:insert(missing('No answer.')) end
            open = block.level == 2
            if open then out:insert(question(block)) end
        else
            open = false
            out:insert(block.t == 'Header' and heading(block) or block)
        end
    end
    if open then out:insert(missing('No answer.')) end
    if #out == 0 then out:insert(missing('No answers yet.')) end
    return out
end

local function prose(blocks)
    local out = pandoc.List()
    for _, block in ipairs(blocks) do
        if block.t ~= 'Header' then
            out:insert(block)
        elseif block.level > 1 then -- the file's own title is ours already
            out:insert(heading(block))
        end
    end
    if #out == 0 then out:insert(missing('Nothing is written here yet.')) end
    return out
end

local function set(block)
    if not block.classes:includes('proclab-prose') then return nil end
    local read = pandoc.read(block.text, FORMAT).blocks
    local clean = pandoc.walk_block(pandoc.Div(read), allowed).content
    if block.classes:includes('answers') then
        clean = answers(clean)
    else
        clean = prose(clean)
    end
    return pandoc.Div(clean, pandoc.Attr('', {'notes'}))
end

function Pandoc(doc)
    for name, uri in pairs(doc.meta.figures or {}) do
        pictures[name] = pandoc.utils.stringify(uri)
    end
    doc.meta.figures = nil
    local body = pandoc.walk_block(pandoc.Div(doc.blocks), {CodeBlock = set})
    return pandoc.Pandoc(body.content, doc.meta)
end
