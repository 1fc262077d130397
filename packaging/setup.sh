#!/bin/sh
# setup.sh: installs the Debian packages that building and testing need, where
# they are missing.  Without root it prints the command to run instead.
#
#   packaging/setup.sh          install what is missing
#   packaging/setup.sh --list   print all of them
#   packaging/setup.sh --check  print what is missing; status 1 if anything is
#
# With --for TARGET before these: what `make TARGET` needs besides.

set -eu

# The one list.  gcc and make are also what a student's machine needs.
packages='gcc libc6-dev make check libseccomp-dev libjansson-dev libdw-dev'
packages="$packages libbz2-dev nettle-dev libcyaml-dev pkg-config"
# What the scripts of foreign programs are for; `make test` also looks at the
# spelling.  Then the tests of Python itself, and the Open POSIX Test Suite.
scripts='python3 bash busybox-static make perl tcl expect dpkg util-linux'
scripts="$scripts bsdutils coreutils findutils procps"
transparency="$scripts python3.11 libpython3.11-testsuite patch"
transparency="$transparency bubblewrap"
# Pages, PDF and the walls around what makes them.
report='pandoc bubblewrap chromium-headless-shell fontconfig'
report="$report fonts-noto-core fonts-noto-mono"
docs='doxygen doxygen-awesome-css graphviz'

only=
case ${1-},${2-} in
--for,test)
    only=$2 packages="$scripts $report $docs poppler-utils codespell ruby-mdl"
    shift 2 ;;
--for,report) only=$2 packages=$report; shift 2 ;;
--for,transparency) only=$2 packages=$transparency; shift 2 ;;
--for,install) only=$2 packages=help2man; shift 2 ;;
--for,docs) only=$2 packages=$docs; shift 2 ;;
--for,valgrind) only=$2 packages="$packages valgrind"; shift 2 ;;
esac

# Several architectures of a package may be listed: one that is there is
# enough.
missing()
{
    for package in $packages; do
        dpkg-query -W -f='${db:Status-Status}\n' "$package" 2>/dev/null |
            grep -qx installed || printf ' %s' "$package"
    done
}

# Elsewhere packages have other names: what counts is that it can be built.
can_build()
{
    for tool in gcc make pkg-config; do
        command -v "$tool" >/dev/null || return 1
    done
    pkg-config --exists check libseccomp jansson libdw nettle libcyaml
}

install()
{
    echo "setup: installing$1"
    # An old list of packages may name files that are no longer there.
    $2 apt-get update -qq
    # shellcheck disable=SC2086  # a list of words, and maybe no sudo
    $2 env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends $1 </dev/null
}

case ${1-} in
'') ;;
--list) echo "$packages"; exit 0 ;;
--check) ;;
*) echo "usage: setup.sh [--for docs|install|report|test|transparency|valgrind] [--list|--check]" >&2; exit 2 ;;
esac

if ! command -v dpkg-query >/dev/null; then
    [ -z "$only" ] && can_build && exit 0
    echo "setup: this is not Debian. Please install what these packages of" >&2
    echo "Debian hold, then go on: $packages" >&2
    exit 1
fi

needed=$(missing)
[ -n "$needed" ] || exit 0
if [ "${1-}" = --check ]; then
    echo "$needed"
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    install "$needed" ''
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
    install "$needed" sudo
else
    echo "setup: some packages are missing. As root, type" >&2
    echo "    apt-get install$needed" >&2
    exit 1
fi
needed=$(missing)
[ -z "$needed" ] || { echo "setup: still missing:$needed" >&2; exit 1; }
