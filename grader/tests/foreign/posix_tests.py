"""The Open POSIX Test Suite: a part of transparency.py."""
import os
import shutil
import subprocess
import sys
import tempfile

import posix_suite
from processes import end, environment, observer

PATIENCE_S = 90
NOBODY = 65534
# Rows of the table: what a module's name begins with.
ROWS = """aio clock fork functional kill lio mmap mq munmap nanosleep pthread
sem shm sig timer""".split()


def walls(home, *visible):
    """Each test has files in /tmp, queues and shared memory of its own, which
    end with it, as names are the same in each run.  Root could do what others
    cannot, as taking a CPU for itself: the tests are for an ordinary user."""
    user = ["setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}",
            "--clear-groups"] if os.getuid() == 0 else []
    binds = [word for path in visible for word in ("--ro-bind", path, path)]
    return [*user, "bwrap", "--dev-bind", "/", "/", "--bind", home, "/tmp",
            *binds, "--perms", "1777", "--tmpfs", "/dev/shm", "--unshare-ipc",
            "--die-with-parent", "--chdir", "/tmp"]


def run_test(command, visible, log):
    """In a directory of its own.  Returns its status; None: it did not end."""
    home = tempfile.mkdtemp(prefix="proclab-transparency-")
    os.chmod(home, 0o777)
    process = subprocess.Popen(
        [*walls(home, *visible), *command], stdin=subprocess.DEVNULL,
        stdout=log, stderr=log, cwd="/", env=environment("/tmp"),
        start_new_session=True)
    try:
        return process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        return None
    finally:
        end(process)
        shutil.rmtree(home, ignore_errors=True)


class PosixTests:
    """A module is an interface, or a directory of functional/; its tests are
    programs, which pass with status 0."""
    # Most of the time they sleep.
    jobs, jobs_again = 4 * os.cpu_count(), 4

    def __init__(self, proclab, directory):
        self.proclab = proclab
        self.suite = os.path.join(directory, "suite")

    def prepare(self):
        self.programs = posix_suite.build(self.suite)
        self.modules = self.find()
        self.visible = self.proclab, self.programs
        self.check_reachable()

    def find(self):
        modules = {}
        for place, _, names in os.walk(self.programs):
            for name in names:
                path = os.path.relpath(os.path.join(place, name),
                                       self.programs)
                top, second, rest = path.split("/", 2)
                if top == "conformance":
                    second, rest = rest.split("/", 1)
                else:
                    second = f"{top}/{second}"
                modules.setdefault(second, {})[rest] = os.path.join(place,
                                                                    name)
        return modules

    def check_reachable(self):
        """The user whom the tests run as may not get as far as here."""
        with tempfile.TemporaryFile("w+") as log:
            if run_test([self.proclab, "--version"], self.visible, log) != 0:
                log.seek(0)
                sys.exit("transparency: an ordinary user cannot run "
                         f"{self.proclab}: {log.read().strip()}\n"
                         "Please build where others may look, or call this as "
                         "an ordinary user.")

    def select(self, names):
        others = [name for name in names if not name.startswith("test_")]
        if others:
            self.prepare()
        return [name for name in others if name in self.modules]

    def all(self):
        self.prepare()
        return sorted(self.modules)

    def row(self, name):
        return next((row for row in ROWS if name.startswith(row)), "others")

    def run(self, directory, mode, module, tests=()):
        """Runs them one after the other, as some share limits of a user."""
        path = os.path.join(directory, module.replace("/", "-"))
        os.makedirs(directory, exist_ok=True)
        words = observer(mode, self.proclab)
        passed = set()
        with open(path + ".log", "w") as log:
            for test in tests or sorted(self.modules[module]):
                print("---", test, file=log, flush=True)
                status = run_test([*words, self.modules[module][test]],
                                  self.visible, log)
                print("status", status, file=log, flush=True)
                passed |= {test} if status == 0 else set()
        return passed
