"""Runs the tests of a part natively and observed, compares, and says how far
that is as docs/transparency.md has it.

A part has modules, and those have tests:

    jobs, jobs_again              how many of its modules run at once, at first
                                  and when they are repeated
    all()                         the names of its modules
    select(names)                 those among the names that it has
    row(module)                   in which row of the table it counts
    run(directory, mode, module, tests=())
                                  runs these tests, or all, and returns the
                                  names of those that passed; what they said
                                  is left in the directory
"""
import concurrent.futures
import os
import re
import sys

MODES = ("native", "virtual", "real")
REPEATS = 2      # what failed observed is run so often again
LEAST = 99.0     # percent


def repeat(part, directory, module, mode, failed):
    """Of the tests that failed: who does so each time, and who passes
    natively each time."""
    lost, natively = set(failed), set(failed)
    for _ in range(REPEATS):
        if not failed:
            break
        again = os.path.join(directory, "again")
        natively &= part.run(os.path.join(again, "native"),
                             "native", module, sorted(failed))
        lost &= failed - part.run(os.path.join(again, mode),
                                  mode, module, sorted(failed))
    return lost, failed - natively


class Module:
    """The results of one, in all modes."""

    def __init__(self, part, name):
        self.part = part
        self.name = name
        self.passed = {}
        self.lost = {mode: set() for mode in MODES}
        self.flaky = set()     # fails natively, too, now and then
        self.retried = set()   # failed observed, then did not

    def compare(self, directory):
        for mode in MODES[1:]:
            failed = self.passed["native"] - self.passed[mode]
            lost, flaky = repeat(self.part, directory, self.name,
                                 mode, failed)
            self.flaky |= flaky
            self.retried |= failed - lost - flaky
            self.lost[mode] = lost - flaky

    def counts(self):
        natively = self.passed["native"] - self.flaky
        return [len(natively)] + [len(natively - self.lost[mode])
                                  for mode in MODES[1:]]


def run_all(pool, part, directory, modules):
    jobs = {pool.submit(part.run, os.path.join(directory, mode), mode,
                        name): (name, mode)
            for name in modules for mode in MODES}
    for n, job in enumerate(concurrent.futures.as_completed(jobs), 1):
        name, mode = jobs[job]
        modules[name].passed[mode] = job.result()
        print(f"[{n}/{len(jobs)}] {mode} {name}: "
              f"{len(job.result())} passed", file=sys.stderr, flush=True)


def compare_all(pool, _part, directory, modules):
    list(pool.map(lambda m: m.compare(directory), modules.values()))


def measure(part, directory, names):
    modules = {name: Module(part, name) for name in names}
    for step, jobs in (run_all, part.jobs), (compare_all, part.jobs_again):
        with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
            try:
                step(pool, part, directory, modules)
            finally:
                pool.shutdown(cancel_futures=True)
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


def add_up(modules):
    """The counts of each row, and of all."""
    rows = {}
    for m in modules:
        for row in m.part.row(m.name), "all":
            rows[row] = [a + b for a, b in zip(rows.get(row, [0] * len(MODES)),
                                               m.counts())]
    rows["all"] = rows.pop("all")
    return rows


def show(modules):
    """Prints the table; returns whether it is good enough."""
    form = "{:<36} {:>7} {:>8} {:>7} {:>8} {:>7}"
    print(form.format("module", "native", "virtual", "%", "real", "%"))
    rows = add_up(modules)
    for name, (n, virtual, real) in rows.items():
        print(form.format(name, n, virtual, f"{percent(virtual, n):.1f}",
                          real, f"{percent(real, n):.1f}"))
    natively, *observed = rows["all"]
    return natively > 0 and percent(min(observed), natively) >= LEAST


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
