"""Compiles kernels: `@kernel` for the functions inside, `@entry` for those that Python and the browser call.

Kernels are written once. Here Numba compiles them for this machine; `speedup.kernels.wasm` compiles the same
entries for the browser. An entry is called like a function, with float64 arrays, floats and ints; it is
compiled at its first call (or by `warm`) and kept on disk.
"""

import ast
import contextlib
import ctypes
import functools
import hashlib
import importlib.util
import inspect
import os
import re
import tempfile
import threading
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import llvmlite
import numba
import numpy as np
from numba import types

from speedup.kernels.callees import Callees
from speedup.kernels.notice import Notice

PACKAGE = Path(__file__).resolve().parents[1]
HOLDS_ENTRY = re.compile(rb"^@entry\(", re.M)

# NumPy's error model divides by zero instead of raising. No fastmath: it would let the paths of one link
# differ between machines. Said, and not left out: Numba compiles a function that doesn't say it as whoever calls it
# first, and its digits would depend on which kernel was compiled before.
OPTIONS = {"error_model": "numpy", "fastmath": False, "forceinline": False}


class kernel(Callees):
    """Makes a function a kernel, which other kernels and entries call. Python may call it too: then it is compiled once more."""

    def __init__(self, function: Callable, **options: bool) -> None:
        super().__init__(function, OPTIONS | options)

    @functools.cached_property
    def by_itself(self) -> Callable:
        """Numba's own function of it, with wrappers."""
        return numba.njit(**OPTIONS)(self.py_func)

    def __call__(self, *arguments: Any) -> Any:
        return self.by_itself(*arguments)


ENTRIES: dict[str, "Entry"] = {}  # name -> Entry, in the order of definition
_lock = threading.RLock()
_temporary: list[tempfile.TemporaryDirectory] = []  # keeps the fallback of `cache_folder` until the process ends


class _Int32(ctypes.c_int32):
    """An int that must fit: plain ctypes would wrap it silently."""

    @classmethod
    def from_param(cls, value):
        if not -(2**31) <= value < 2**31:
            raise OverflowError(f"{value} does not fit into 32 bits")
        return cls(value)


# What an entry's argument may be: Numba's type, and what ctypes checks.
TYPES = {
    "f64*": (types.CPointer(types.float64), np.ctypeslib.ndpointer(np.float64, flags="C_CONTIGUOUS")),
    "u8*": (types.CPointer(types.uint8), np.ctypeslib.ndpointer(np.uint8, flags="C_CONTIGUOUS")),
    "f64": (types.float64, ctypes.c_double),
    "i32": (types.int32, _Int32),
}


class Entry:
    """An entry point. Calling it checks dtype and contiguity of arrays; lengths are the caller's business."""

    def __init__(self, function: Callable, arguments: tuple[tuple[str, str], ...], early: bool = True) -> None:
        self.function, self.arguments, self.early = function, arguments, early  # arguments: ((name, type), ...)
        self.name = function.__name__
        self.compiled: Any = None  # Numba's cfunc; its cache_hits says whether it was found on disk
        self._native: Callable | None = None
        self.elsewhere: Future | None = None  # until a process that compiles it has ended that: see `speedup.kernels.ahead`
        functools.update_wrapper(self, function)

    @property
    def signature(self) -> Any:
        """Numba's signature, the same for both targets."""
        return types.void(*(TYPES[kind][0] for _, kind in self.arguments))

    def compile(self, quiet: bool = False) -> Callable:
        """Returns the native function; the first time it is compiled, or loaded from the cache folder.

        Compiling takes seconds, so it is said on stderr, unless `quiet`. Waits where another process compiles it for this one;
        raises CancelledError if that is stopped, since the program ends.
        """
        if self.elsewhere:
            self.elsewhere.result()
        with _lock:
            if self._native is None:
                with contextlib.nullcontext() if quiet else Notice(self.name):
                    self.compiled = _cached_cfunc(self)
                native = self.compiled.ctypes
                native.argtypes = [TYPES[kind][1] for _, kind in self.arguments]
                self._native = native
        return self._native

    def __call__(self, *arguments: Any) -> None:
        return (self._native or self.compile())(*arguments)


def entry(arguments: str, early: bool = True) -> Callable[[Callable], Entry]:
    """Makes a function an entry point: `@entry("path:f64* x:f64 steps:i32")`, types as in `TYPES`.

    `early`: the server needs it, and compiles it when it starts; not what only the browser and the library call.
    """
    pairs = tuple((name, kind) for name, _, kind in (pair.partition(":") for pair in arguments.split()))

    def decorate(function):
        names = tuple(inspect.signature(function).parameters)
        if names != tuple(name for name, _ in pairs):
            raise TypeError(f"{function.__name__}: parameters {names}, declared {arguments}")
        for name, kind in pairs:
            if kind not in TYPES:
                raise TypeError(f"{function.__name__}: {name} is {kind}, must be one of {', '.join(TYPES)}")
        if function.__name__ in ENTRIES and ENTRIES[function.__name__].__module__ != function.__module__:
            raise TypeError(f"two entries are called {function.__name__}")
        ENTRIES[function.__name__] = Entry(function, pairs, early)
        return ENTRIES[function.__name__]

    return decorate


def kernel_modules() -> list[str]:
    """Returns the dotted names of the modules that define entries, wherever in the package they are, sorted."""
    return sorted(_dotted(path) for path in PACKAGE.rglob("*.py") if HOLDS_ENTRY.search(path.read_bytes()))


def load_entries() -> dict[str, Entry]:
    """Imports every kernel module, and returns `ENTRIES`."""
    for module in kernel_modules():
        importlib.import_module(module)
    return ENTRIES


def wanted(every: bool = False) -> dict[str, Entry]:
    """Returns the entries that are to be compiled at the start: `every` one, or those that the server needs."""
    return {name: one for name, one in load_entries().items() if every or one.early}


def warm(progress: Callable[[str, int, int], None] = lambda name, i, n: None, every: bool = False) -> None:
    """Compiles what is `wanted`, calling `progress(name, i, n)` before each, i = 0..n-1; says nothing itself."""
    entries = wanted(every)
    for i, (name, one) in enumerate(entries.items()):
        progress(name, i, len(entries))
        one.compile(quiet=True)


def kernel_sources() -> dict[str, Path]:
    """Returns {dotted name: path} of the files whose edit may change a kernel: its modules and what they import of ours."""
    found, waiting = {}, [__name__, *kernel_modules()]
    while waiting:
        path = _file(name := waiting.pop())
        if path and name not in found:
            found[name] = path
            waiting += _imports(path, name)
    return dict(sorted(found.items()))


def _dotted(path):
    """The name under which a file of the package is imported."""
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _file(name):
    """The file of a module or a package inside of ours, or None. The package's own __init__ lists, it computes nothing."""
    if not name.startswith(f"{PACKAGE.name}."):
        return None
    path = PACKAGE.parent.joinpath(*name.split("."))
    return next((file for file in (path.with_suffix(".py"), path / "__init__.py") if file.is_file()), None)


def _imports(path, name):
    """The modules a file imports; of `from speedup import x` that is speedup and speedup.x."""
    package = name if path.name == "__init__.py" else name.rpartition(".")[0]
    for node in ast.walk(ast.parse(path.read_bytes())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            module = importlib.util.resolve_name("." * node.level + (node.module or ""), package)
            yield from (module, *(f"{module}.{alias.name}" for alias in node.names))


@functools.cache
def sources_hash() -> str:
    """Returns a hash of the kernels' sources, the same on every platform and with every version of Numba."""
    digest = hashlib.sha256()
    for name, path in kernel_sources().items():
        text = path.read_bytes().replace(b"\r\n", b"\n")  # git may check out with Windows' line ends
        digest.update(f"{name} {len(text)}\n".encode() + text)
    return digest.hexdigest()[:16]


@functools.lru_cache(maxsize=1)
def cache_folder() -> Path:
    """Returns where compiled kernels are kept: a folder of the user's, or a temporary one if that can't be written.

    Its name is a hash of all kernel sources, since Numba's cache overlooks an edit in a file other than the
    entry's own, and of their place: what Numba keeps is good for that place only. Numba itself keeps the CPUs apart.
    """
    versions = f"{PACKAGE} {sources_hash()} numba {numba.__version__} llvmlite {llvmlite.__version__}"
    key = hashlib.sha256(versions.encode()).hexdigest()[:16]
    try:
        named = os.environ.get("LOCALAPPDATA" if os.name == "nt" else "XDG_CACHE_HOME")
        folder = Path(named or Path.home() / ".cache") / "speedup" / key
        folder.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=folder).close()
        return folder
    except (OSError, RuntimeError):  # not writable; no home at all
        _temporary.append(tempfile.TemporaryDirectory(prefix="speedup-"))
        return Path(_temporary[0].name)


def is_temporary() -> bool:
    """Tells whether the cache folder is this process' own, gone when it ends."""
    return str(cache_folder()) in (one.name for one in _temporary)


def child_environment() -> dict[str, str]:
    """Returns the environment of a process that is to import this very package."""
    path = os.pathsep.join(filter(None, [str(PACKAGE.parent), os.environ.get("PYTHONPATH")]))
    return dict(os.environ) | {"PYTHONPATH": path}


def _cached_cfunc(one):
    """Numba's cfunc of an entry, by way of our cache folder; Numba's own setting is put back afterwards."""
    before, numba.config.CACHE_DIR = numba.config.CACHE_DIR, str(cache_folder())
    try:
        return numba.cfunc(one.signature, cache=True, **OPTIONS)(one.function)
    except OSError:  # the disk is full, or the folder has gone: work without
        return numba.cfunc(one.signature, **OPTIONS)(one.function)
    finally:
        numba.config.CACHE_DIR = before
