# Where no tree can be made it says why, and leaves no half file.
. "$REPOSITORY/grader/tests/cli/common"

echo text >file
expect 2 "$PROCLAB" new file
has err "'file' is a file"
expect 3 "$PROCLAB" new file/lab
has err "cannot make 'file/lab/"
has err "Not a directory"
expect 2 "$PROCLAB" new one two
expect 3 "$PROCLAB" new /proc/lab
has err "cannot make '/proc/lab/"

# Without permission (root has it always, and is made an ordinary user).
mkdir locked
chmod 555 locked
as_user=
[ "$(id -u)" != 0 ] || as_user="setpriv --reuid=1234 --regid=1234 --clear-groups"
cp "$PROCLAB" ./proclab
chmod 755 . proclab
expect 3 $as_user ./proclab new locked/lab
has err "Permission denied"
empty locked

# A full disk: a file system of our own, if we may have one.
mkdir full
fill='mount -t tmpfs -o size=16k none full && "$PROCLAB" new full/lab
      status=$?; find full -name ".proclab*" ; exit $status'
if unshare -rm true 2>err; then
    expect 3 unshare -rm sh -c "$fill"
    has err "No space left on device"
    empty out
fi
