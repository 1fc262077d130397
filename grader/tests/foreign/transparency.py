"""Runs tests of Python's own test suite natively and observed, under both
clocks, and compares test by test: what passes natively has to pass observed.

    transparency.py PROCLAB EXCEPTIONS DIRECTORY [MODULE...]

EXCEPTIONS is docs/transparency.md: its table names every test that may fail,
and why.  One that fails and is not named there is an error, and so is one that
is named and passes.  Results and what the tests said are left in DIRECTORY.
"""
import concurrent.futures
import ctypes
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3.11"
MODES = ("native", "virtual", "real")
QUIET_S = 60     # without news for so long a test is taken to hang
REPEATS = 2      # what failed observed is run so often again
LEAST = 99.0     # percent

# In the order in which they are begun, the longest first.
MODULES = """
test_concurrent_futures
test_multiprocessing_spawn
test_multiprocessing_forkserver
test_multiprocessing_fork
test_subprocess
test_signal
test_asyncio.test_subprocess
test_asyncio.test_events
test_asyncio.test_unix_events
test_asyncio.test_runners
test_asyncio.test_tasks
test_asyncio.test_streams
test_threading
test_queue
test_selectors
test_poll
test_os
test_posix
test_fork1
test_wait3
test_wait4
test_threadsignals
test_thread
test_threading_local
test_time
test_select
test_epoll
test_pty
test_openpty
test_popen
test_sched
test_fcntl
test_faulthandler
test_multiprocessing_main_handling
test_eintr
test_file_eintr
test_pipes
test_ioctl
test_resource
test_cmd_line
test_cmd_line_script
test_threadedtempfile
test_tempfile
test_socketserver
""".split()


def command(mode, proclab):
    options = ["-q", "--limit-wall=1h", "--limit-time=1000h"]
    if mode == "native":
        return ["setsid", "--wait"]
    return [proclab, "run", *options, "--clock", mode, "--"]


def environment(home):
    return {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "LANG": "C.UTF-8",
            "HOME": home, "TMPDIR": home}


def read_results(path):
    """What became of each test; None: it began and did not end."""
    results = {}
    if os.path.exists(path):
        with open(path) as file:
            for line in file:
                word, test = line.split()
                results[test] = None if word == "begin" else word
    return results


def wait_for(process, path):
    """Until it ends, or there is no news for long."""
    size, since = -1, time.monotonic()
    while True:
        try:
            process.wait(1)
            return
        except subprocess.TimeoutExpired:
            pass
        now = os.path.getsize(path) if os.path.exists(path) else 0
        if now != size:
            size, since = now, time.monotonic()
        elif time.monotonic() - since > QUIET_S:
            break
    end(process)


def end(process):
    """The observer ends its tree; natively the group has to do."""
    if process.poll() is not None:
        return
    os.killpg(process.pid, signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        pass
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def run_once(words, module, path, log, prefixes):
    home = tempfile.mkdtemp(prefix="proclab-transparency-")
    script = os.path.join(HERE, "one_module.py")
    process = subprocess.Popen(
        [*words, PYTHON, script, module, path, *prefixes],
        stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=home,
        env=environment(home), start_new_session=True)
    try:
        wait_for(process, path)
    finally:
        end(process)
        shutil.rmtree(home, ignore_errors=True)


def run_module(proclab, directory, mode, module, prefixes=()):
    """Runs it all: what ends in the middle goes on after the test that did
    that.  Returns the names of those that passed."""
    os.makedirs(directory, exist_ok=True)
    path = os.path.join(directory, module)
    if os.path.exists(path):
        os.unlink(path)
    with open(path + ".log", "w") as log:
        for _ in range(20):
            before = len(read_results(path))
            run_once(command(mode, proclab), module, path, log, prefixes)
            after = read_results(path)
            if None not in after.values() or len(after) == before:
                break
    return {test for test, word in read_results(path).items()
            if word == "pass"}


def repeat(proclab, directory, module, mode, failed):
    """Of the tests that failed: who does so each time, and who passes
    natively each time."""
    lost, natively = set(failed), set(failed)
    for _ in range(REPEATS):
        if not failed:
            break
        again = os.path.join(directory, "again")
        natively &= run_module(proclab, os.path.join(again, "native"),
                               "native", module, sorted(failed))
        lost &= failed - run_module(proclab, os.path.join(again, mode),
                                    mode, module, sorted(failed))
    return lost, failed - natively


class Module:
    """The results of one, in all modes."""

    def __init__(self, name):
        self.name = name
        self.passed = {}
        self.lost = {mode: set() for mode in MODES}
        self.flaky = set()     # fails natively, too, now and then
        self.retried = set()   # failed observed, then did not

    def compare(self, proclab, directory):
        for mode in MODES[1:]:
            failed = self.passed["native"] - self.passed[mode]
            lost, flaky = repeat(proclab, directory, self.name, mode, failed)
            self.flaky |= flaky
            self.retried |= failed - lost - flaky
            self.lost[mode] = lost - flaky

    def counts(self):
        natively = self.passed["native"] - self.flaky
        return [len(natively)] + [len(natively - self.lost[mode])
                                  for mode in MODES[1:]]


def measure(proclab, directory, names):
    modules = {name: Module(name) for name in names}
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(run_module, proclab,
                            os.path.join(directory, mode), mode, name):
                (name, mode) for name in names for mode in MODES}
        for n, job in enumerate(concurrent.futures.as_completed(jobs), 1):
            name, mode = jobs[job]
            modules[name].passed[mode] = job.result()
            print(f"[{n}/{len(jobs)}] {mode} {name}: "
                  f"{len(job.result())} passed", file=sys.stderr, flush=True)
    for module in modules.values():
        module.compare(proclab, directory)
    return list(modules.values())


def read_exceptions(path):
    """Rows of the table: | `MODULE` | `TEST` | virtual, real | cause |"""
    named = set()
    with open(path) as file:
        for line in file:
            row = re.fullmatch(r"\| `(\S+)` \| `(\S+)` \| ([a-z, ]+) \|.*\n",
                               line)
            for mode in re.split(", ", row[3]) if row else ():
                named.add((row[1], row[2], mode.strip()))
    return named


def percent(part, whole):
    return 100.0 * part / whole if whole else 100.0


def show(modules):
    """Prints the table; returns whether it is good enough."""
    form = "{:<36} {:>7} {:>8} {:>7} {:>8} {:>7}"
    print(form.format("module", "native", "virtual", "%", "real", "%"))
    total = [0, 0, 0]
    rows = [(m.name, m.counts()) for m in modules]
    for name, counts in rows + [("all", total)]:
        if counts is not total:
            total[:] = [a + b for a, b in zip(total, counts)]
        n, virtual, real = counts
        print(form.format(name, n, virtual, f"{percent(virtual, n):.1f}",
                          real, f"{percent(real, n):.1f}"))
    return total[0] > 0 and percent(min(total), total[0]) >= LEAST


def check_named(modules, named):
    """Prints what is not as the list of exceptions says."""
    found = {(m.name, test, mode) for m in modules for mode in MODES[1:]
             for test in m.lost[mode]}
    checked = {(m.name, test, mode) for m in modules for mode in MODES[1:]
               for test in m.passed["native"] - m.flaky - m.retried}
    for m in modules:
        for test in sorted(m.flaky):
            print(f"left out, fails natively now and then: {m.name} {test}")
        for test in sorted(m.retried):
            print(f"passed when repeated: {m.name} {test}")
    unnamed, passing = found - named, named & checked - found
    for row in sorted(unnamed):
        print("FAILS and is not named:", *row)
    for row in sorted(passing):
        print("is named and PASSES:", *row)
    return not unnamed and not passing


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


def main(proclab, exceptions, directory, *names):
    adopt()
    try:
        modules = measure(os.path.abspath(proclab),
                          os.path.abspath(directory), names or MODULES)
    finally:
        end_adopted()
    good = show(modules)
    good = check_named(modules, read_exceptions(exceptions)) and good
    return 0 if good else 1


def leave(number, _frame):
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, leave)
    sys.exit(main(*sys.argv[1:]))
