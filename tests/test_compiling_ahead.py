"""A server with an empty cache folder compiles on all cores; what goes wrong there costs time only."""

import pytest

from tests.test_compiler import ONCE
from tests.tiny_package import TinyPackage

pytestmark = pytest.mark.long

AHEAD = """
import os, sys
from speedup.kernels import ahead, native
os.cpu_count = lambda: 2
{}
before = ahead.missing()
ahead.compile_ahead(lambda name, i, n: print(name, i, n))
print(before, ahead.missing())
"""


@pytest.fixture
def package(tmp_path):
    return TinyPackage(tmp_path)


def test_workers_compile_what_is_missing_and_nothing_else(package):
    told = package.run(AHEAD.format("")).splitlines()
    assert [line.split()[1:] for line in told[:2]] == [["0", "2"], ["1", "2"]]
    assert {line.split()[0] for line in told[:2]} == {"race", "terrain"}
    assert told[2] == "['race', 'terrain'] []" and package.said == ""
    assert package.compile() == (pytest.approx(ONCE), 2)
    assert package.run(AHEAD.format("")) == "[] []"


def test_what_was_compiled_for_another_place_is_missing_here(package, tmp_path):
    """Numba keeps what it compiles by the file's path: a second checkout finds nothing, and has to be told so."""
    package.run("from speedup.kernels import native; native.warm()")
    other = TinyPackage(tmp_path / "elsewhere")
    assert other.hash() == package.hash()
    missing = "from speedup.kernels import ahead; print(ahead.missing())"
    assert other.run(missing, XDG_CACHE_HOME=package.cache, LOCALAPPDATA=package.cache) == "['race', 'terrain']"
    assert package.run(missing) == "[]"


def test_what_the_server_does_not_need_waits_until_it_is_called(package):
    every = "from speedup.kernels import ahead, native; native.load_entries()['terrain'].early = False; native.warm(); print({})"
    assert package.run(every.format("ahead.missing(), ahead.missing(every=True)")) == "[] ['terrain']"
    assert package.run(every.format("[*native.wanted()], sorted(native.wanted(every=True))")) == "['race'] ['race', 'terrain']"


CALLED = """
import os, threading
from concurrent.futures import CancelledError
import numpy as np
from speedup.kernels import ahead, native
os.cpu_count = lambda: 2
{}
work, race, out = ahead.begin(), native.ENTRIES["race"], np.zeros(2)
{}
"""


def test_who_calls_an_entry_meanwhile_waits_until_it_is_found(package):
    watched = "threading.Thread(target=work.watch, args=(lambda *step: None,)).start()\n"
    called = "race(out, 0.75, 2)\nprint(*out, race.compiled.cache_hits)"
    *out, hits = package.run(CALLED.format("", watched + called)).split()
    assert [float(x) for x in out] == pytest.approx(ONCE) and hits == "1" and package.said == ""


def test_who_waits_is_told_when_it_is_stopped(package):
    """And no process is left. They would take for ever."""
    endless = "ahead.WORK = 'import time; time.sleep(1000)'\n"
    stopped = "threading.Timer(0.5, work.stop).start()\ntry: race(out, 0.75, 2)\nexcept CancelledError: print('told')\n"
    ended = "work.watch(print)\nprint([worker.returncode < 0 for worker in work._workers], race.compiled)"
    assert package.run(CALLED.format(endless, stopped + ended)).split("\n") == ["told", "[True, True] None"]


@pytest.mark.parametrize("fault", ["ahead.WORK = '1 / 0'", "native.is_temporary = lambda: True", "os.cpu_count = lambda: None"])
def test_without_workers_the_process_compiles_itself(package, fault):
    assert package.run(AHEAD.format(fault)) == "['race', 'terrain'] ['race', 'terrain']" and package.said == ""
    assert package.compile() == (pytest.approx(ONCE), 0)
