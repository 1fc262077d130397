#!/usr/bin/perl
# needs: perl
# alarm and die leave a sleep; what is left of an alarm.
$SIG{ALRM} = sub { die "late\n" };
eval { alarm 1; sleep 10; }; print $@; alarm 10; print alarm(0), "\n";
local $SIG{CHLD} = sub { 1 while waitpid(-1, 1) > 0; $n++ };
system "exit 3"; print $? >> 8, "\n";
