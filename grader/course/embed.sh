#!/bin/sh
# embed.sh FILE...: prints assembler for the table of files that the program
# carries with it (see struct embedded in catalog.h), sorted by path.  Each
# file is followed by a NUL byte, so that a text can be read as a string.

set -eu
LC_ALL=C
export LC_ALL

n=0
row()
{
    cat <<EOF
    .section .rodata
.Lpath$n: .asciz "$1"
.Lbytes$n: .incbin "$1"
.Lend$n: .byte 0
    .section .data.rel.ro,"aw"
    .quad .Lpath$n, .Lbytes$n, .Lend$n - .Lbytes$n
EOF
    n=$((n + 1))
}

cat <<EOF
    .section .data.rel.ro,"aw"
    .globl embedded_table
    .p2align 3
embedded_table:
EOF

if [ $# -gt 0 ]; then
    files=$(printf '%s\n' "$@" | sort -u)
    IFS='
'
    set -f
    for file in $files; do
        case $file in
        *[\"\\]*) echo "embed.sh: $file: quote or backslash" >&2; exit 1 ;;
        esac
        [ -r "$file" ] || { echo "embed.sh: $file: cannot read" >&2; exit 1; }
        row "$file"
    done
fi

cat <<EOF
    .section .rodata
    .globl embedded_count
    .p2align 3
embedded_count: .quad $n
    .section .note.GNU-stack,"",%progbits
EOF
