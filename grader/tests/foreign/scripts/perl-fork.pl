#!/usr/bin/perl
# needs: perl
# fork, wait, and statuses.
use POSIX ":sys_wait_h"; $| = 1;
my @p = map { my $n = $_; my $p = fork; exit $n unless $p; $p } 1 .. 4;
for (@p) { waitpid($_, 0); print $? >> 8, "\n"; }
print waitpid(-1, WNOHANG), "\n";
my $p = fork; unless ($p) { sleep 9; exit }
kill TERM => $p; waitpid $p, 0; print $? & 127, "\n";
