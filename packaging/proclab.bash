# Completion of proclab's command line for bash(1).  It asks proclab itself, so
# it is never older than the program.

_proclab_commands()
{
    "$1" --help 2>/dev/null |
        sed -n '/^Commands:/,/^$/s/^  \([a-z]*\) .*/\1/p'
}

_proclab_options()
{
    "$1" "$2" --help 2>/dev/null |
        grep -o -e '--[a-z][a-z-]*[=[]\{0,1\}' | sed 's/\[$//' | sort -u
}

# Names of exercises, and of the checks where those are wanted, too.
_proclab_names()
{
    local name
    for name in $("$1" list 2>/dev/null | sed -n 's/^  \([a-z_0-9]*\) .*/\1/p')
    do
        echo "$name"
        [ "$2" = checks ] || continue
        "$1" show "$name" 2>/dev/null |
            sed -n '/^Checks/,$s/^      \([a-z_0-9]*\)$/\1/p'
    done
}

_proclab()
{
    local program=$1 word=$2 before=$3 command=${COMP_WORDS[1]} words=
    COMPREPLY=()
    if [ "$COMP_CWORD" -eq 1 ]; then
        words=$(_proclab_commands "$program")
    elif [ "$before" = --check ] || [ "$before" = = -a \
        "${COMP_WORDS[COMP_CWORD - 2]}" = --check ]; then
        words=$(_proclab_names "$program" checks)
    elif [[ $word == -* ]]; then
        words=$(_proclab_options "$program" "$command")
    else
        case $command in
        show) words=$(_proclab_names "$program" checks) ;;
        grade|watch|list|report) words=$(_proclab_names "$program" none) ;;
        esac
        [ "$command" = show ] ||
            mapfile -t COMPREPLY < <(compgen -f -- "$word")
    fi
    mapfile -t -O ${#COMPREPLY[@]} COMPREPLY < <(compgen -W "$words" -- "$word")
    [[ ${COMPREPLY[0]-} != *= ]] || compopt -o nospace 2>/dev/null || :
}
complete -o filenames -F _proclab proclab
