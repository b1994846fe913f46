"""Compiles kernels ahead, by a process for each core: within one process Numba compiles one after the other.

They fill the cache folder, from which the server then loads. Whatever goes wrong here, `native.warm` compiles what is left.
"""

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from typing import IO

from speedup.kernels import native

MOST = 4  # processes; the longest kernel alone takes a third of the time
WORK = "from speedup.kernels import ahead; ahead.work()"


def compile_ahead(progress: Callable[[str, int, int], None] = lambda name, i, n: None, every: bool = False) -> None:
    """Compiles what is `native.wanted` and not yet in the cache folder; calls `progress(name, i, n)` at each, i = 0..n-1."""
    names, lacking = _names(), missing(every)
    processes = min(os.cpu_count() or 1, MOST, len(lacking))
    if processes < 2 or native.is_temporary():
        return
    numbers, fill = os.pipe()
    os.write(fill, bytes(names.index(name) for name in lacking))
    os.close(fill)  # they end when it is empty
    with os.fdopen(numbers, "rb") as queue, _workers(queue, processes) as told:
        for i, name in enumerate(told):
            progress(name, i, len(lacking))


def missing(every: bool = False) -> list[str]:
    """Returns the names of the wanted entries that the cache folder has nothing of, those first that may take longest to compile.

    The number of arguments is the guess: who is told more does more.
    """
    entries, folder = native.wanted(every), native.cache_folder()
    lacking = [name for name in sorted(entries) if next(folder.rglob(f"*.{name}-*.nbi"), None) is None]
    return sorted(lacking, key=lambda name: -len(entries[name].arguments))


def work() -> None:
    """Compiles entries as long as there is a number in stdin, which all workers share: a byte is read by one of them."""
    names, entries = _names(), native.load_entries()
    while number := os.read(0, 1):
        os.write(1, f"{names[number[0]]}\n".encode())  # in one piece, as `print` may not: stdout is shared too
        entries[names[number[0]]].compile(quiet=True)


def _names():
    """The names of all entries, in an order that doesn't depend on what was imported first."""
    return sorted(native.load_entries())


@contextlib.contextmanager
def _workers(queue: IO[bytes], n: int) -> Iterator[Iterator[str]]:
    """The lines that n workers print, until the last has ended. None outlives this."""
    output, write = os.pipe()
    workers: list[subprocess.Popen] = []
    try:
        for _ in range(n):
            command, environment = [sys.executable, "-c", WORK], native.child_environment()
            workers.append(subprocess.Popen(command, env=environment, stdin=queue, stdout=write, stderr=subprocess.DEVNULL))
        os.close(write)
        with os.fdopen(output, encoding="utf-8") as lines:
            yield (line.strip() for line in lines)
    finally:
        for worker in workers:
            worker.kill()
            worker.wait()
