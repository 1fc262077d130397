"""Runs foreign test suites natively and observed, under both clocks, and
compares test by test: what passes natively has to pass observed.

    transparency.py PROCLAB EXCEPTIONS DIRECTORY PART [MODULE...]

PART is python (Python's own tests), posix (the Open POSIX Test Suite) or
empty: both.
EXCEPTIONS is docs/transparency.md: its table names every test that may fail,
and why.  One that fails and is not named there is an error, and so is one that
is named and passes.  Results and what the tests said are left in DIRECTORY.
"""
import os
import signal
import sys

from comparison import check_named, measure, read_exceptions, show
from posix_tests import PosixTests
from processes import adopt, end_adopted
from python_tests import PythonTests

PARTS = {"python": PythonTests, "posix": PosixTests}


def choose(parts, names):
    """The modules of each part."""
    if not names:
        return [(part, part.all()) for part in parts]
    chosen = [(part, part.select(names)) for part in parts]
    unknown = set(names) - {name for _, some in chosen for name in some}
    if unknown:
        sys.exit("transparency: there is no module " +
                 ", ".join(sorted(unknown)))
    return chosen


def check(part, directory, names, named):
    modules = measure(part, directory, names)
    good = show(modules)
    return check_named(modules, named) and good


def main(proclab, exceptions, directory, part, *names):
    if part not in ("", *PARTS):
        sys.exit(f"transparency: there is no part {part}")
    directory = os.path.abspath(directory)
    parts = [make(os.path.abspath(proclab), directory)
             for name, make in PARTS.items() if part in ("", name)]
    named = read_exceptions(exceptions)
    adopt()
    try:
        good = [check(part, directory, some, named)
                for part, some in choose(parts, names) if some]
    finally:
        end_adopted()
    return 0 if all(good) else 1


def leave(number, _frame):
    sys.exit(128 + number)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, leave)
    sys.exit(main(*sys.argv[1:]))
