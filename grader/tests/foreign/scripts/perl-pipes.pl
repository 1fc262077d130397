#!/usr/bin/perl
# needs: perl
# open to and from a command, and select as a sleep.
open my $f, "-|", "echo one; echo two; exit 4"; print <$f>; close $f; print $? >> 8, "\n";
open $f, "|-", "sort"; print $f "b\na\n"; close $f;
my $t = time; select undef, undef, undef, 1.2; print time - $t >= 1 ? "slept\n" : "no\n";
print `kill -9 \$\$`, $? & 127, "\n";
