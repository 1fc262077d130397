#!/usr/bin/python3
# needs: python3
# A shell on a terminal of its own: session, foreground group, hang-up.
import os, pty, signal
pid, fd = pty.fork()
if pid == 0:
    print(os.getsid(0) == os.getpid(), os.tcgetpgrp(0) == os.getpgrp(), flush=True)
    signal.pause()
seen = b""
while not seen.endswith(b"\n"): # what is written may come in parts
    seen += os.read(fd, 99)
print(seen); os.write(fd, b"\x03")
print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
