#!/usr/bin/tclsh
# needs: tclsh
# exec: output, statuses, background.
puts [exec echo hello | tr a-z A-Z]
catch {exec sh -c "exit 3"} m o; puts [lindex [dict get $o -errorcode] 2]
catch {exec sh -c {kill -9 $$}} m o; puts [lrange [dict get $o -errorcode] 2 2]
set p [exec sleep 0.1 &]; puts [string is integer $p]
set f [open "|cat" r+]; puts $f hi; flush $f; puts [gets $f]; close $f
