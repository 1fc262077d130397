"""Runs the tests of one module of Python's own test suite, and writes what
became of each: a line "begin TEST" before it and "WORD TEST" after it, WORD
being pass, fail or skip.  Tests that the file has already are left out, so
that whoever finds one begun and not ended goes on after it.

    one_module.py MODULE RESULTS [PREFIX...]

Only tests whose name begins with a PREFIX ("Class." or "Class.method") run.
"""
import importlib
import os
import sys
import unittest


class Result(unittest.TestResult):
    """Writes each result at once, as the next test may never end."""

    def __init__(self, out):
        super().__init__()
        self.out = out
        self.word = None

    def tell(self, word, test):
        os.write(self.out, f"{word} {name_of(test)}\n".encode())

    def startTest(self, test):
        super().startTest(test)
        self.word = "pass"
        self.tell("begin", test)

    def stopTest(self, test):
        super().stopTest(test)
        self.tell(self.word, test)

    def say(self, test, text):
        self.word = "fail"
        print(f"--- {test.id()}\n{text}", file=sys.stderr, flush=True)

    def addError(self, test, err):
        super().addError(test, err)
        self.say(test, self._exc_info_to_string(err, test))

    def addFailure(self, test, err):
        super().addFailure(test, err)
        self.say(test, self._exc_info_to_string(err, test))

    def addSubTest(self, test, subtest, err):
        super().addSubTest(test, subtest, err)
        if err is not None:
            self.say(subtest, self._exc_info_to_string(err, test))

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.word = "skip"

    def addUnexpectedSuccess(self, test):
        super().addUnexpectedSuccess(test)
        self.word = "fail"


def name_of(test):
    """Class and method, without the module."""
    return ".".join(test.id().split(".")[-2:])


def flat(suite):
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from flat(test)
        else:
            yield test


def known(path):
    try:
        with open(path) as file:
            return {line.split()[1] for line in file if " " in line}
    except FileNotFoundError:
        return set()


def is_wanted(name, prefixes):
    return not prefixes or any(name.startswith(p) for p in prefixes)


def main(module_name, results, prefixes):
    from test import support
    # What regrtest(1) calls resources: no network, no sound, no huge files.
    support.use_resources = ["cpu", "subprocess", "walltime"]
    support.verbose = False
    module = importlib.import_module("test." + module_name)
    done = known(results)
    tests = [t for t in flat(unittest.defaultTestLoader.loadTestsFromModule(
        module)) if name_of(t) not in done and is_wanted(name_of(t), prefixes)]
    out = os.open(results, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    unittest.TestSuite(tests).run(Result(out))


if __name__ == "__main__":
    main(sys.argv[1], os.path.abspath(sys.argv[2]), sys.argv[3:])
