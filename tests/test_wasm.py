"""The browser's module: built from the same kernels, committed, fresh, self-contained, equal in every bit."""

import base64
import functools
import json
import re
import subprocess
from pathlib import Path

import numpy as np
import pytest

from speedup import OPTIMIZERS, SURFACES
from speedup.kernels import native, wasm, wasm_object
from speedup.schema.parameters import Hyper
from tests.modules import NODE
from tests.tiny_package import HELPER, TinyPackage

TYPE, IMPORT, FUNCTION, EXPORT, CODE = 1, 2, 3, 7, 10


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    return wasm.build(tmp_path_factory.mktemp("built"))


@pytest.fixture
def package(tmp_path):
    return TinyPackage(tmp_path)


app_module = functools.cache(wasm.ensure)


def in_javascript(calls, folder=None):
    """What entries of a module, the app's unless a folder is given, leave in their arrays: a list of arrays for each call
    (name, *arguments).
    """
    script = Path(__file__).with_name("call_kernels.mjs")
    plain = [[arg.tolist() if isinstance(arg, np.ndarray) else arg for arg in call] for call in calls]
    done = subprocess.run([NODE, script, folder or app_module()], input=json.dumps(plain), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    kinds = [[arg.dtype for arg in call if isinstance(arg, np.ndarray)] for call in calls]
    return [
        [np.frombuffer(base64.b64decode(a), kind) for a, kind in zip(one["arrays"], some, strict=True)]
        for one, some in zip(json.loads(done.stdout), kinds, strict=True)
    ]


def natively(calls):
    for name, *arguments in calls:
        native.ENTRIES[name](*arguments)
        yield [arg for arg in arguments if isinstance(arg, np.ndarray)]


def assert_same_bits(ours, theirs):
    """Every bit equal, but for NaN, whose bits no standard fixes."""
    assert np.isnan(ours).tolist() == np.isnan(theirs).tolist()
    assert np.where(np.isnan(ours), 0, ours).tobytes() == np.where(np.isnan(theirs), 0, theirs).tobytes()


def test_the_committed_module_is_fresh():
    assert wasm.is_fresh(wasm.COMMITTED), "somebody has edited a kernel: make wasm"
    assert wasm.ensure(say=pytest.fail) == wasm.COMMITTED


@pytest.mark.long
def test_rebuilt_it_equals_the_committed_one(built):
    folders = wasm.COMMITTED, built
    committed, rebuilt = (json.loads((folder / wasm.MANIFEST).read_text("utf-8")) for folder in folders)
    for key in "entries", "memory", "sources":
        assert committed[key] == rebuilt[key]
    ours, theirs = ((folder / wasm.MODULE).read_bytes() for folder in folders)
    assert list(wasm_object.exports(ours)) == list(wasm_object.exports(theirs))
    if committed["versions"] == rebuilt["versions"]:  # another compiler may choose other instructions
        assert ours == theirs


def test_it_holds_every_entry_and_needs_nothing_else():
    module = (wasm.COMMITTED / wasm.MODULE).read_bytes()
    assert module[:8] == b"\0asm\1\0\0\0"
    assert wasm_object.imports(module) <= {"__linear_memory", "__stack_pointer"}
    assert sorted(wasm_object.exports(module)) == sorted(native.load_entries())
    kinds = [kind for kind, _ in wasm_object.sections(module)]
    assert kinds == [TYPE, IMPORT, FUNCTION, EXPORT, CODE]  # no data, no table, no custom section
    assert len(module) < 190_000  # loops for many races at once, and a race's loops with their surfaces in them: 49 KB on its way


def test_the_manifest_has_every_argument():
    manifest = json.loads((wasm.COMMITTED / wasm.MANIFEST).read_text("utf-8"))
    assert manifest["entries"] == {name: [list(pair) for pair in one.arguments] for name, one in native.load_entries().items()}
    memory = manifest["memory"]
    assert memory["heap"] % 16 == 0 and memory["heap"] >= memory["stack"] > 0


@pytest.mark.parametrize("noise", [0.0, 0.5])
@pytest.mark.parametrize("lr", [1.0, 50.0])
def test_paths_equal_the_native_ones(noise, lr):
    steps, calls = 300, []
    for surface in SURFACES.values():
        p = np.array(surface.record({parameter.name: parameter.default for parameter in surface.parameters}))
        for row in OPTIMIZERS.values():
            values = row.defaults() | {"lr": lr * row.defaults()["lr"]}
            h = np.array([values.get(name, 0.0) for name in Hyper._fields])
            numbers = (*surface.start, noise, steps, surface.index, row.index, 7)
            calls.append(("race", np.zeros(3 * steps + 3), np.zeros(5), h, p, *numbers))
    theirs = in_javascript(calls)
    for ours, others in zip(natively(calls), theirs, strict=True):
        for one, other in zip(ours, others, strict=True):
            assert_same_bits(one, other)


def test_values_equal_the_native_ones():
    random, calls = np.random.default_rng(0), []
    for surface in SURFACES.values():
        p = np.array(surface.record({parameter.name: parameter.default for parameter in surface.parameters}))
        far = random.normal(size=200) * 10.0 ** random.integers(-9, 9, 200)
        points = np.concatenate([random.uniform(-5, 5, 400), far])
        calls.append(("values", np.zeros(300), points, 300, surface.index, p))
    for ours, others in zip(natively(calls), in_javascript(calls), strict=True):
        assert_same_bits(ours[0], others[0])


def test_pictures_equal_the_native_ones():
    """Of each surface's map, and of one so large that values overflow."""
    calls, colours = [], np.concatenate([np.linspace(0, 255, 48), [9.0, 99.0, 199.0, 0.5]])
    for surface in SURFACES.values():
        p = np.array(surface.record({}))
        for (x0, x1), (y0, y1) in (surface.domain, ((-1e200, 1e200), (-1e90, 1e200))):
            grid = np.array([x0, (x1 - x0) / 23, y1, (y0 - y1) / 17, 1.0, 4.0])
            levels = np.geomspace(0.05, 500.0, 15) - 2.0
            calls.append(("shade", np.zeros(4 * 24 * 18, np.uint8), 24, 18, surface.index, p, grid, levels, 15, colours))
    for ours, others in zip(natively(calls), in_javascript(calls), strict=True):
        np.testing.assert_array_equal(ours[0], others[0])
    assert all(len(set(call[1].tolist())) > 1 for call in calls[::2])


@pytest.mark.long
def test_builds_do_not_differ(package):
    code = (
        "from pathlib import Path; from speedup.kernels import wasm\n"
        "print((wasm.build(Path('built')) / wasm.MODULE).read_bytes().hex())"
    )
    first = package.run(code, PYTHONHASHSEED=1)
    assert first == package.run(code, PYTHONHASHSEED=2, NUMBA_CPU_NAME="skylake-avx512", NUMBA_OPT=3)


@pytest.mark.long
def test_a_stale_one_is_noticed_and_rebuilt_once(package):
    build = "from speedup.kernels import wasm; wasm.build(wasm.COMMITTED)"
    ensure = "from speedup.kernels import wasm; print(wasm.ensure(lambda text: print('told:', text)))"
    package.run(build)
    committed = package.sources / "kernels" / "built"
    assert package.run(ensure) == str(committed)
    package.write("helper", HELPER.replace("2 * x", "3 * x"))
    told, folder = package.run(ensure).split("\n")
    assert told.startswith("told: the kernels have changed")
    assert Path(folder).is_relative_to(package.cache)
    assert sorted(path.name for path in Path(folder).iterdir()) == ["kernels.json", "kernels.wasm"]
    assert package.run(ensure) == folder  # nothing to tell any more
    ours, _ = package.compile()
    [[theirs]] = in_javascript([("race", np.zeros(2), 0.75, 2)], folder)
    assert_same_bits(np.array(ours), theirs)
    package.write("helper", HELPER)
    assert package.run(ensure) == str(committed)


@pytest.mark.parametrize("damage", ["truncated", "no manifest", "rubbish"])
@pytest.mark.long
def test_a_damaged_one_is_noticed(package, damage):
    package.run("from speedup.kernels import wasm; wasm.build(wasm.COMMITTED)")
    module, manifest = (package.sources / "kernels" / "built" / name for name in (wasm.MODULE, wasm.MANIFEST))
    if damage == "truncated":
        module.write_bytes(module.read_bytes()[:-1])
    elif damage == "no manifest":
        manifest.unlink()
    else:
        manifest.write_text("[1]")
    assert package.run("from speedup.kernels import wasm; print(wasm.is_fresh(wasm.COMMITTED))") == "False"


@pytest.mark.parametrize(
    "body, named",
    [
        ("return math.sin(x)", "sin"),
        ("return x**1.3", "pow"),
        ("return x % 0.7", "fmod"),
        ("return TABLE[int(x) & 3]", "data in memory: .*array"),
        ("if x > 9:\n        raise ValueError('no')\n    return x", "raise an exception"),
        ("print(x)\n    return x", "gil"),
    ],
)
@pytest.mark.long
def test_what_a_browser_lacks_is_named(package, body, named):
    package.write(
        "helper",
        "import math\nimport numpy as np\nfrom speedup.kernels.native import kernel\n"
        f"TABLE = np.array([1.5, 2.25, 3.0, 7.0])\n@kernel\ndef helped(x):\n    {body}\n",
    )
    code = (
        "from speedup.kernels import wasm\n"
        "try: print('built', wasm.build(wasm.COMMITTED))\n"
        "except wasm.WasmError as error: print(error)"
    )
    printed = package.run(code)
    assert not printed.startswith("built")
    assert re.search(named, printed)
    assert not (package.sources / "kernels" / "built" / wasm.MODULE).exists()


HARD = {
    "ifs over constants": "k = int(x * 3) & 7\n"
    "    a = 0.5 if k == 0 else 3.25 if k == 1 else 9.0 if k == 2 else 1.125 if k == 3 else 7.5\n"
    "    return a",
    "instructions": "y = abs(math.floor(x * 3.7) - math.ceil(x)) + math.fabs(x)\n"
    "    return y + math.copysign(math.trunc(x * 5), -x)",
    "128 bits": "m, w = uint64(x * 2.0**62), uint64(x * 2.0**59) * uint64(0xA2F9836E4E441529)\n"
    "    a, b, c, d = m >> uint64(32), m & uint64(0xFFFFFFFF), w >> uint64(32), w & uint64(0xFFFFFFFF)\n"
    "    e = b * c + ((b * d) >> uint64(32))\n"
    "    high = a * c + (e >> uint64(32)) + ((a * d + (e & uint64(0xFFFFFFFF))) >> uint64(32))\n"
    "    return float64(int64(high >> uint64(11))) * 2.0**-53",
}


@pytest.mark.parametrize("body", HARD.values(), ids=HARD)
@pytest.mark.long
def test_what_llvm_would_not_keep_plain(package, body):
    package.write(
        "helper",
        "import math\nfrom numba import float64, int64, uint64\nfrom speedup.kernels.native import kernel\n"
        f"@kernel\ndef helped(x):\n    {body}\n",
    )
    ours, _ = package.compile()
    package.run("from speedup.kernels import wasm; wasm.build(wasm.COMMITTED)")
    [[theirs]] = in_javascript([("race", np.zeros(2), 0.75, 2)], package.sources / "kernels" / "built")
    assert_same_bits(np.array(ours), theirs)
