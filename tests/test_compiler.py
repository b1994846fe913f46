"""Kernels are compiled once: kept on disk, found again, compiled anew when any of their sources is edited."""

import ctypes
import os
import re
import subprocess
import sys
import threading
from pathlib import Path

import numpy as np
import pytest

from speedup.kernels import native
from tests.tiny_package import HELPER, RACE, TinyPackage

pytestmark = pytest.mark.long
ONCE, TWICE = [1.2, 2.4 / np.sqrt(1 + 1.2 * 1.2)], [1.8, 5.4 / np.sqrt(1 + 1.8 * 1.8)]


@pytest.fixture
def package(tmp_path):
    return TinyPackage(tmp_path)


def test_a_second_process_finds_every_kernel():
    code = (
        "from speedup.kernels import native\n"
        "native.warm(every=True)\n"
        "print([name for name, one in native.ENTRIES.items() if one.compiled.cache_hits == 0])"
    )
    for _ in range(2):
        command = [sys.executable, "-c", code]
        done = subprocess.run(command, cwd=native.PACKAGE.parent, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_a_second_process_compiles_nothing(package):
    assert package.compile() == (pytest.approx(ONCE), 0)
    assert package.compile() == (pytest.approx(ONCE), 2)


CALL = "import numpy as np; from speedup import race, terrain; race.race(np.zeros(2), 0.75, 2); terrain.terrain(np.zeros(1), 1)"


def test_it_says_that_it_compiles_and_only_then(package):
    package.run(CALL)
    assert package.said.startswith("speedup: compiling race") and package.said.count("\n") == 1 and "\r" not in package.said
    package.run(CALL)
    assert package.said == ""


def test_a_server_that_warms_says_so_itself(package):
    package.run("from speedup.kernels import native; native.warm()")
    assert package.said == ""


def test_a_program_without_stderr_compiles_too(package):
    package.run("import sys; sys.stderr = None; " + CALL)
    assert package.said == ""


@pytest.mark.skipif(os.name == "nt", reason="no pseudo-terminals there")
def test_in_a_terminal_a_line_counts_the_seconds(package):
    import pty

    ours, terminal = pty.openpty()
    package.run(f"import sys; sys.stderr = open({terminal}, 'w'); {CALL}", pass_fds=[terminal])
    os.close(terminal)
    said = os.read(ours, 10_000).decode()
    assert re.fullmatch(r"(\rspeedup: compiling race for this machine, once: \d+ s)+\r\n", said), said


def test_an_edited_helper_in_another_file_is_noticed(package):
    package.compile()
    package.write("helper", HELPER.replace("2 * x", "3 * x"))
    assert package.compile() == (pytest.approx(TWICE), 0)
    package.write("helper", HELPER)
    assert package.compile() == (pytest.approx(ONCE), 2)  # and what was compiled before is still there


def test_a_constant_from_a_module_without_kernels_is_noticed(package):
    package.write("factor", "FACTOR = 2.0")
    helper = HELPER.replace("2 * x", "FACTOR * x").replace("@", "from .factor import FACTOR\n@")
    package.write("helper", helper)
    assert package.compile() == (pytest.approx(ONCE), 0)
    package.write("factor", "FACTOR = 3.0")
    assert package.compile() == (pytest.approx(TWICE), 0)


def test_the_hash_is_the_same_with_windows_line_ends(package):
    before = package.hash()
    for path in package.sources.glob("*.py"):
        path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    assert package.hash() == before


def test_the_hash_overlooks_what_kernels_do_not_import(package):
    before = package.hash()
    package.write("figures", "x = 1")
    assert package.hash() == before
    package.write("helper", HELPER + "\n# edited")
    assert package.hash() != before


def test_kernels_and_their_helpers_may_live_in_folders(package):
    package.write("deep.__init__", "from speedup.deep.factor import FACTOR")
    package.write("deep.factor", "FACTOR = 2.0")
    package.write("deep.helper", HELPER.replace("2 * x", "FACTOR * x").replace("@", "from . import FACTOR\n@"))
    package.write("deep.race", RACE.replace("speedup.helper", "speedup.deep.helper"))
    (package.sources / "race.py").unlink()
    assert package.compile() == (pytest.approx(ONCE), 0)
    assert package.compile() == (pytest.approx(ONCE), 2)
    for name in "deep.__init__", "deep.helper", "deep.race":
        before, path = package.hash(), package.sources.joinpath(*name.split(".")).with_suffix(".py")
        path.write_text(path.read_text("utf-8") + "\n# edited", "utf-8")
        assert package.hash() != before, name
    package.write("deep.factor", "FACTOR = 3.0")
    assert package.compile() == (pytest.approx(TWICE), 0)


def test_the_hash_covers_every_file_with_kernels():
    files, covered = native.PACKAGE.rglob("*.py"), set(native.kernel_sources().values())
    holding = {
        path
        for path in files
        if {"@kernel", "@entry"} & {line.partition("(")[0] for line in path.read_text("utf-8").splitlines()}
    }
    assert len(holding) > 5 and holding <= covered


@pytest.mark.parametrize("where", ["a file", "no such drive", "read-only"])
def test_a_home_that_cannot_be_written_falls_back_to_a_temporary_folder(package, where):
    cache = package.folder / "home"
    if where == "a file":
        cache.write_text("")
    elif where == "no such drive":
        cache = Path("/proc/nowhere") if os.name != "nt" else Path("?:/nowhere")
    else:
        cache.mkdir(mode=0o500)
        if os.access(cache, os.W_OK):
            cache = Path("/proc")  # root may write anywhere but there
    assert package.compile(XDG_CACHE_HOME=cache, LOCALAPPDATA=cache) == (pytest.approx(ONCE), 0)


def test_the_temporary_folder_goes_with_the_process(package):
    code = "from speedup.kernels import native; native.warm(); print(native.cache_folder())"
    folder = Path(package.run(code, XDG_CACHE_HOME="/proc/nowhere", LOCALAPPDATA="?:/nowhere"))
    assert folder.name.startswith("speedup-") and not folder.exists()


def test_others_who_use_numba_keep_their_cache(package):
    code = (
        "import numba\n"
        "from speedup.kernels import native\n"
        "before = numba.config.CACHE_DIR\n"
        "native.warm()\n"
        "print(numba.config.CACHE_DIR == before)"
    )
    assert package.run(code) == "True"
    assert package.run(code, NUMBA_CACHE_DIR=package.folder / "theirs") == "True"
    assert not list(package.folder.rglob("__pycache__/*.nbi")) and not (package.folder / "theirs").exists()


LOST = "(x + 1e16) - 1e16"  # not x, unless the compiler may reorder sums
FAST = f"""
import numba
from speedup.helper import helped
from speedup.kernels.native import OPTIONS, entry

@numba.njit(**OPTIONS | {{"fastmath": {{"reassoc", "nsz"}}}})
def faster(x):
    return helped(x) + ({LOST})

@entry("out:f64* x:f64")
def early(out, x):
    out[0] = faster(x)
"""


def test_a_helper_keeps_its_digits_when_a_fast_kernel_is_compiled_first(package):
    package.write("early", FAST)  # first in the alphabet
    package.write("helper", HELPER.replace("2 * x", LOST))
    code = "import numpy as np; from speedup.kernels import native; native.warm(); out = np.zeros(2); {}; print(*out)"
    early, _ = package.run(code.format("native.ENTRIES['early'](out, 0.75)")).split()
    race, _ = package.run(code.format("native.ENTRIES['race'](out, 0.75, 1)")).split()
    assert float(early) == 0.75 and float(race) == 0.0


def test_importing_compiles_nothing(package):
    code = "from speedup.kernels import native; print([one.compiled for one in native.load_entries().values()])"
    assert package.run(code) == "[None, None]"


def test_warm_tells_what_it_does(package):
    printed = package.run("from speedup.kernels import native; native.warm(lambda *step: print(*step))")
    assert printed.split("\n") == ["race 0 2", "terrain 1 2"]


def test_an_entry_checks_its_arguments():
    @native.kernel
    def double(x):
        return 2 * x

    def fill(out, x, n):
        for i in range(n):
            out[i] = double(x)

    one = native.Entry(fill, (("out", "f64*"), ("x", "f64"), ("n", "i32")))
    out = np.zeros(3)
    assert one(out, 1.5, 2) is None and out.tolist() == [3.0, 3.0, 0.0]
    one(out, 1, np.int64(1))
    assert out.tolist() == [2.0, 3.0, 0.0]
    arrays = [np.zeros(6)[::2], np.zeros(3, np.float32), np.zeros(3, int), [0.0], None]
    numbers = [("1", 1), (1.0, 1.5), (1.0, 2**31), (1.0, -(2**31) - 1), (1.0,)]
    for bad in [(array, 1.0, 1) for array in arrays] + [(out, *pair) for pair in numbers]:
        with pytest.raises((TypeError, ctypes.ArgumentError), match="argument"):
            one(*bad)
    assert out.tolist() == [2.0, 3.0, 0.0]


def test_threads_compile_an_entry_once():
    def fill(out, k):
        out[0] = k + 1

    one = native.Entry(fill, (("out", "f64*"), ("k", "i32")))
    outs = [np.zeros(1) for _ in range(8)]
    threads = [threading.Thread(target=one, args=(out, k)) for k, out in enumerate(outs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [out[0] for out in outs] == [k + 1 for k in range(8)]


@pytest.mark.parametrize("declared", ["out:f64*", "out:f64* y:f64", "out:f64* x:f32"])
def test_a_declaration_that_does_not_fit_is_refused(declared):
    with pytest.raises(TypeError, match="fill"):

        @native.entry(declared)
        def fill(out, x):
            out[0] = x

    assert "fill" not in native.ENTRIES


def test_two_entries_of_one_name_are_refused(package):
    package.write("terrain", RACE)
    code = "from speedup.kernels import native\ntry: native.warm()\nexcept TypeError as error: print(error)"
    assert package.run(code) == "two entries are called race"
