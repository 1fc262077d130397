#!/usr/bin/tclsh
# needs: tclsh
# Timers and file events in one loop.
set f [open "|sh -c {sleep 0.2; echo two}"]
fileevent $f readable {puts [gets $f]; fileevent $f readable {}}
foreach {t w} {300 three 100 one} {after $t [list puts $w]}
after 400 {set done 1}; vwait done; close $f
