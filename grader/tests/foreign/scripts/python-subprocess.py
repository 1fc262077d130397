#!/usr/bin/python3
# needs: python3
# Pipes, time-outs, statuses, sessions.
import os, signal, subprocess, sys
r = subprocess.run(["sort"], input="b\na\n", text=True, capture_output=True)
print(r)
try:
    subprocess.run(["sleep", "9"], timeout=0.5)
except subprocess.TimeoutExpired as e:
    print("timeout", round(e.timeout, 2))
p = subprocess.Popen(["sleep", "9"], start_new_session=True)
print(os.getsid(p.pid) == p.pid)
p.terminate()
print(p.wait(), subprocess.call("exit 3", shell=True))
