# The commands of a page, and the page with what they print:
#     awk -v work=DIR -f docs/console.awk PAGE          takes them out
#     awk -v work=DIR -v fill=1 -f docs/console.awk PAGE   prints the page
# DIR/N.run has the Nth command, DIR/N.out what it printed.  See console.sh.

function close_command() {
    if (!fill && n)
        close(work "/" n ".run")
}

function command_for(kind, where, before,    make) {
    make = "mkdir -p \"$(dirname " where ")\" && "
    if (kind == "file:")
        return make "cat >" where " <<\\END-OF-BLOCK"
    if (kind == "append:")
        return make "cat >>" where " <<\\END-OF-BLOCK"
    gsub(/[\\"]/, "\\\\&", before)
    return "insert " where " \"" before "\" <<\\END-OF-BLOCK"
}

# Whether lines from..to of what was printed are what the page shows in its
# lines first..last, where "..." stands for any lines.
function alike(first, last, from, to,    i) {
    for (; first <= last; first++) {
        if (shown[first] == "...") {
            for (i = from; i <= to + 1; i++)
                if (alike(first + 1, last, i, to))
                    return 1
            return 0
        }
        if (from > to || shown[first] != printed[from++])
            return 0
    }
    return from == to + 1
}

# A line without its numbers, which are what changes most.
function outline(line) {
    gsub(/[0-9]+/, "", line)
    gsub(/ +/, " ", line)
    return line
}

# The first of the lines from..to of what was printed with the outline of a line
# of the page; 0: none.
function found(line, from, to) {
    for (; from <= to; from++)
        if (outline(printed[from]) == outline(line))
            return from
    return 0
}

# What is printed now in the place of what the page shows: where it leaves out
# something, from the line after that to the line before the next of these.
# Returns the number of its lines, kept[1..n]; 0 if that cannot be told.
function abridge(n_printed,    i, at, end, n_kept) {
    at = 1
    for (i = 1; i <= n_shown; i++) {
        if (shown[i] == "...") {
            kept[++n_kept] = "..."
            at = found(shown[i + 1], at, n_printed)
            if (i < n_shown && !at)
                return 0
            continue
        }
        for (end = i; end < n_shown && shown[end + 1] != "..."; end++)
            ;
        i = end
        end = end == n_shown ? n_printed : found(shown[end], at, n_printed)
        if (!end)
            return 0
        while (at <= end)
            kept[++n_kept] = printed[at++]
    }
    return n_kept
}

# The output of the last command, as the page has it or as it is now.
function show(    i, m, n_kept, line, file) {
    if (!asked)
        return
    file = work "/" n ".out"
    while ((getline line < file) > 0) {
        sub(/[ \t]+$/, "", line)
        printed[++m] = line
    }
    close(file)
    if (alike(1, n_shown, 1, m))
        for (i = 1; i <= n_shown; i++)
            print shown[i]
    else if ((n_kept = abridge(m)) > 0)
        for (i = 1; i <= n_kept; i++)
            print kept[i]
    else
        for (i = 1; i <= m; i++)
            print printed[i]
    asked = n_shown = 0
}

/^<!-- before: .* -->$/ {
    line = $0
    sub(/^<!-- before: /, "", line)
    sub(/ -->$/, "", line)
    n++
    if (!fill)
        print line >(work "/" n ".run")
    close_command()
}
/^<!-- not run: .* -->$/ { skipped = 1 }
# Filled in or not, as on the machine that it was made on.
/^<!-- needs: .* -->$/ {
    skipped = system("command -v " $3 " >/dev/null") != 0
}

# A block that becomes a file, or a part of one.
/^<!-- (file|append|insert): .* -->$/ {
    kind = $2
    where = $3
    before = $0
    sub(/^.* before /, "", before)
    sub(/ -->$/, "", before)
}
filing && /^```$/ {
    if (!fill)
        print "END-OF-BLOCK" >(work "/" n ".run")
    close_command()
    filing = 0
}
filing && !fill { print >(work "/" n ".run") }
kind && /^```/ {
    n++
    if (!fill)
        print command_for(kind, where, before) >(work "/" n ".run")
    kind = ""
    filing = 1
}

inside && /^```$/ {
    if (fill)
        show()
    close_command()
    inside = asked = 0
}
inside && /^\$ / {
    if (fill)
        show()
    close_command()
    n++
    asked = 1
    n_shown = 0
    if (!fill)
        print substr($0, 3) >(work "/" n ".run")
    continued = /\\$/
    if (fill)
        print
    next
}
inside && continued && /^> / {
    if (!fill)
        print substr($0, 3) >(work "/" n ".run")
    continued = /\\$/
    if (fill)
        print
    next
}
inside { shown[++n_shown] = $0; next }
/^```console$/ {
    inside = !skipped
    skipped = 0
}
fill
