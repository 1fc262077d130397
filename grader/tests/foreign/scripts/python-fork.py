#!/usr/bin/python3
# needs: python3
# fork, pipe, waitpid, waitid and posix_spawn.
import os, signal
r, w = os.pipe()
p = os.fork()
if p == 0:
    os.write(w, b"child"); os._exit(5)
print(os.read(r, 9), os.waitstatus_to_exitcode(os.waitpid(p, 0)[1]))
p = os.posix_spawn("/bin/sh", ["sh", "-c", "kill -STOP $$; exit 2"], os.environ)
print(os.waitid(os.P_PID, p, os.WSTOPPED).si_status == signal.SIGSTOP); os.kill(p, signal.SIGCONT)
print(os.waitid(os.P_PID, p, os.WEXITED).si_status)
