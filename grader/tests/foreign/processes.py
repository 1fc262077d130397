"""What the parts of transparency.py share: how a program is run, natively or
observed, and how it is ended, with all that it left behind."""
import contextlib
import ctypes
import os
import signal
import subprocess


def observer(mode, proclab):
    """The words before a command; none natively."""
    options = ["-q", "--limit-wall=1h", "--limit-time=1000h"]
    if mode == "native":
        return []
    return [proclab, "run", *options, "--clock", mode, "--"]


def environment(home):
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8",
            "HOME": home, "TMPDIR": home}


def end(process):
    """The observer ends its tree; natively the group has to do."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        pass
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def children(pid):
    found = []
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/children") as file:
            found += map(int, file.read().split())
    return found


def adopt():
    """What the tests leave behind becomes ours: PR_SET_CHILD_SUBREAPER."""
    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)


def end_adopted():
    while left := children(os.getpid()):
        for pid in left:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
