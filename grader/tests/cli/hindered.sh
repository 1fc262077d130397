# Machines that lack something: each says what, and what to do about it, and
# nothing is lost.
. "$REPOSITORY/grader/tests/cli/common"

# What looks for leaks does so by ptrace.
export ASAN_OPTIONS=${ASAN_OPTIONS:+$ASAN_OPTIONS:}detect_leaks=0
hinder=$(dirname "$PROCLAB")/helpers/hinder
expect 0 "$PROCLAB" new lab
echo old >result
container='start the container with --cap-add SYS_PTRACE --security-opt'

# possible WHAT: whether this machine can be made to lack it.
possible()
{
    local status=0
    "$hinder" "$1" -- true 2>err || status=$?
    [ "$status" = 77 ] && return 1
    [ "$status" = 0 ] || fail "hinder $1: status $status: $(cat err)"
}

# tells WORDS: whether the text, however it is wrapped, holds them.
tells()
{
    tr -s ' \n' ' ' <out | grep -qF -e "$1" && return
    cat out
    fail "doctor does not say: $1"
}

# hindered WHAT WHAT-HAPPENED WHAT-TO-DO PIECE [run]: with `run` 'proclab run'
# goes on to work.
hindered()
{
    possible "$1" || return 0
    expect 3 "$hinder" "$1" -- "$PROCLAB" grade lab -o result
    empty out
    has err "proclab grade: $2; $3"
    [ "$(wc -l <err)" = 1 ] || fail "more than one line: $(cat err)"
    [ "$(cat result)" = old ] || fail "the old result is lost"
    if [ -z "${5-}" ]; then
        expect 125 "$hinder" "$1" -- "$PROCLAB" run -q /bin/echo hello
        empty out
        has err "proclab run: /bin/echo: $2; $3"
    else
        expect 0 "$hinder" "$1" -- "$PROCLAB" run -q /bin/echo hello
        has out hello
    fi
    expect 3 "$hinder" "$1" -- "$PROCLAB" doctor
    tells "NO $4: "
    tells "$2"
    tells "remedy $3"
    tells "so students and instructors: "
    has out "Grading is not possible here."
    lacks out "proclab doctor"
    empty err
    empty tmp
}

# Root needs a user namespace for a grading only.
[ "$(id -u)" = 0 ] && root=run || root=

hindered ptrace 'ptrace is forbidden here, as in some containers' \
    "$container" ptrace
hindered seccomp 'no further seccomp filter is allowed here' \
    "$container" 'seccomp filters'
hindered userns 'user namespaces are forbidden here, as in most containers' \
    "$container" 'user namespaces' $root
hindered full 'no more user namespaces are allowed' \
    'as root: sysctl -w user.max_user_namespaces=10000' 'user namespaces' $root
hindered proc 'parts of /proc are hidden here, as in most containers' \
    "$container" 'observe it shut in' $root
hindered yama=2 'Yama allows ptrace to root only (ptrace_scope is 2)' \
    'as root: sysctl -w kernel.yama.ptrace_scope=1' Yama
hindered yama=3 'Yama forbids ptrace until the next boot (ptrace_scope is 3)' \
    'as root: echo kernel.yama.ptrace_scope=1 >/etc/sysctl.d/zz-proclab.conf' \
    Yama
hindered apparmor 'AppArmor restricts user namespaces' \
    'as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0' \
    'mount namespaces'

# These take nothing away that we need.
for what in yama=1 alone; do
    possible $what || continue
    expect 0 "$hinder" $what -- "$PROCLAB" doctor
    has out "Grading is possible here."
    expect 1 "$hinder" $what -- "$PROCLAB" grade lab image_workers
    has out "seen      Main started none"
done
empty tmp
