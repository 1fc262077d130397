# packaging/setup.sh on machines that are made up: dpkg-query, apt-get and id
# are ours.
. "$REPOSITORY/grader/tests/cli/common"

setup="$REPOSITORY/packaging/setup.sh"
expect 0 "$setup" --list
has out libseccomp-dev
expect 2 "$setup" --no-such-option

mkdir bin
PATH=$PWD/bin:$PATH
export LOG=$PWD/log INSTALLED=$PWD/installed
: >log
cat >bin/dpkg-query <<'END'
#!/bin/sh
for package; do :; done
grep -qx "$package" "$INSTALLED" && echo installed
END
cat >bin/apt-get <<'END'
#!/bin/sh
echo "$*" >>"$LOG"
case $1 in install) for word; do echo "$word" >>"$INSTALLED"; done ;; esac
END
cat >bin/id <<'END'
#!/bin/sh
echo "$USER_ID"
END
printf '#!/bin/sh\nexit 1\n' >bin/sudo
chmod +x bin/*

# An ordinary user is told the one command.
"$setup" --list | tr ' ' '\n' | grep -v -e check -e libdw >installed
export USER_ID=1000
expect 1 "$setup"
has err "apt-get install check libdw-dev"
empty log
expect 1 "$setup" --check

# Root: what is missing is installed, once.
export USER_ID=0
expect 0 "$setup"
has log "check libdw-dev"
lacks log libseccomp-dev
: >log
expect 0 "$setup"
empty out
empty log
