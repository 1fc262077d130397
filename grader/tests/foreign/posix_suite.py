"""Gets the Open POSIX Test Suite, as Debian's source package has it, and
compiles its programs.  Nothing of it is part of this repository."""
import concurrent.futures
import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import urllib.request

SOURCE = "http://deb.debian.org/debian/pool/main/p/posixtestsuite/"
ORIGINAL = "posixtestsuite_1.5.2.orig.tar.gz"
DEBIAN = "posixtestsuite_1.5.2-8.debian.tar.xz"
SHA256 = {
    ORIGINAL:
        "15a2185672127cba851d35ec9d538ff6148defdbb75f99c7e9c50aeba0f94757",
    DEBIAN:
        "56bcecc2e99f57b88ed493bd0d5e48f0731c85651b6fc41a60922c9e184864b3",
}
TREE = "posixtestsuite"     # as the package calls it
PROGRAMS = ("conformance/interfaces", "functional")
CFLAGS = ("-O1 -w -std=gnu99 -D_GNU_SOURCE -D_XOPEN_SOURCE=700").split()
LIBRARIES = "-lpthread -lrt -lm".split()
# They want to set the machine's clock, or to be root.
LEFT_OUT = ("clock_settime", "sched_", "functional/timers/clocks")


def is_right(path, name):
    with open(path, "rb") as file:
        return hashlib.sha256(file.read()).hexdigest() == SHA256[name]


def fetch(directory, name):
    path = os.path.join(directory, name)
    if os.path.exists(path) and is_right(path, name):
        return path
    try:
        with urllib.request.urlopen(SOURCE + name, timeout=60) as answer:
            with open(path, "wb") as file:
                shutil.copyfileobj(answer, file)
        why = None if is_right(path, name) else "its SHA-256 is another"
    except OSError as error:
        why = error
    if why:
        sys.exit(f"transparency: cannot get {SOURCE}{name}: {why}.\n"
                 f"Please put that file into {directory}, then call this "
                 "again.")
    return path


def unpack(directory):
    """The package's files, with Debian's patches."""
    tree = os.path.join(directory, TREE)
    archives = [fetch(directory, name) for name in (ORIGINAL, DEBIAN)]
    shutil.rmtree(tree, ignore_errors=True)
    for archive, place in zip(archives, (directory, tree)):
        with tarfile.open(archive) as tar:
            tar.extractall(place)
    patches = os.path.join(tree, "debian/patches")
    with open(os.path.join(patches, "series")) as series:
        for patch in series.read().split():
            subprocess.run(["patch", "-s", "-p1", "-i",
                            os.path.join(patches, patch)],
                           cwd=tree, check=True)
    return tree


def sources(tree):
    """Without the ending .c, and relative to the tree."""
    for part in PROGRAMS:
        for place, _, names in os.walk(os.path.join(tree, part)):
            for name in names:
                path = os.path.relpath(os.path.join(place, name), tree)
                if path.endswith(".c") and not any(
                        word in path for word in LEFT_OUT):
                    yield path[:-len(".c")]


def compile_one(tree, programs, path):
    """Some do not build, as they are too old, or no programs."""
    source = os.path.join(tree, path + ".c")
    program = os.path.join(programs, path)
    os.makedirs(os.path.dirname(program), exist_ok=True)
    subprocess.run(["gcc", *CFLAGS, "-I", os.path.join(tree, "include"),
                    "-I", os.path.dirname(source), "-o", program, source,
                    *LIBRARIES], cwd=os.path.dirname(source),
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def build(directory):
    """Returns where the programs are; what is there stays as it is."""
    programs = os.path.join(directory, "programs")
    done = os.path.join(directory, "built")
    if os.path.exists(done):
        return programs
    os.makedirs(directory, exist_ok=True)
    tree = unpack(directory)
    shutil.rmtree(programs, ignore_errors=True)
    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        list(pool.map(lambda path: compile_one(tree, programs, path),
                      sources(tree)))
    open(done, "w").close()
    return programs
