"""Python's own test suite: a part of transparency.py."""
import os
import shutil
import subprocess
import tempfile
import time

from processes import end, environment, observer

HERE = os.path.dirname(os.path.abspath(__file__))
PYTHON = "/usr/bin/python3.11"
QUIET_S = 60     # without news for so long a test is taken to hang

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


class PythonTests:
    """Runs modules of Debian's libpython3.11-testsuite."""
    jobs, jobs_again = os.cpu_count(), 1

    def __init__(self, proclab, _directory):
        self.proclab = proclab

    def select(self, names):
        return [name for name in names if name.startswith("test_")]

    def all(self):
        return MODULES

    def row(self, name):
        return name

    def run(self, directory, mode, module, prefixes=()):
        """Runs it all: what ends in the middle goes on after the test that
        did that.  Returns the names of those that passed."""
        os.makedirs(directory, exist_ok=True)
        path = os.path.join(directory, module)
        words = observer(mode, self.proclab) or ["setsid", "--wait"]
        if os.path.exists(path):
            os.unlink(path)
        with open(path + ".log", "w") as log:
            for _ in range(20):
                before = len(read_results(path))
                run_once(words, module, path, log, prefixes)
                after = read_results(path)
                if None not in after.values() or len(after) == before:
                    break
        return {test for test, word in read_results(path).items()
                if word == "pass"}
