"""Compiles kernels ahead, by a process for each core: within one process Numba compiles one after the other.

They fill the cache folder, from which this process loads. Whoever calls an entry meanwhile waits for it (`Entry.elsewhere`).
Whatever goes wrong here, an entry is then compiled as it would have been without: when it is called, or by `native.warm`.
"""

import contextlib
import gc
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError

from speedup.kernels import native

MOST = 4  # processes; the longest kernel alone takes a third of the time
WORK = "from speedup.kernels import ahead; ahead.work()"
BEGUN, ENDED = "begun", "ended"  # what a worker says of an entry


class Work:
    """The processes, which begin at once, and the entries that they compile, in the order of `names`.

    nice: how much of the processor they leave to others, as of `os.nice`.
    """

    def __init__(self, names: list[str], processes: int, nice: int) -> None:
        entries, self.names = native.load_entries(), names
        numbers, fill = os.pipe()
        os.write(fill, bytes(_names().index(name) for name in names))
        os.close(fill)  # they end when it is empty
        self._output, write = os.pipe()
        command, environment = [sys.executable, "-c", WORK, str(os.getpid()), str(nice)], native.child_environment()
        self._workers = [
            # in a group of their own: the terminal's Ctrl-C is for the server, which stops them
            subprocess.Popen(
                command, env=environment, stdin=numbers, stdout=write, stderr=subprocess.DEVNULL, start_new_session=True
            )
            for _ in range(processes)
        ]
        os.close(numbers)
        os.close(write)
        self.waiting: dict[str, Future] = {name: Future() for name in names}
        for name, future in self.waiting.items():
            entries[name].elsewhere = future

    def watch(self, progress: Callable[[str, int, int], None]) -> None:
        """Loads each entry as soon as it is compiled, until the last process has ended; `progress` as of `compile_ahead`."""
        begun = 0
        try:
            with os.fdopen(self._output, encoding="utf-8") as lines:
                for line in lines:
                    word, name = line.split()
                    if word == BEGUN:
                        progress(name, begun, len(self.names))
                        begun += 1
                    else:
                        self._give_up(name)
                        native.ENTRIES[name].compile(quiet=True)
        finally:
            self._kill()
            for name in self.names:
                self._give_up(name)

    def stop(self) -> None:
        """Ends the processes, as the program ends: whoever waits for an entry gets a CancelledError."""
        for future in self.waiting.values():
            future.cancel()
        self._kill()

    def _give_up(self, name):
        """Has nobody wait for an entry any longer."""
        with contextlib.suppress(InvalidStateError):  # it has been before, or is cancelled
            self.waiting[name].set_result(None)

    def _kill(self):
        for worker in self._workers:
            worker.kill()
            worker.wait()


def begin(every: bool = False, nice: int = 0) -> Work:
    """Begins to compile what is `native.wanted` and not yet in the cache folder; nothing, if this process would be as quick.

    nice: as of `Work`.
    """
    lacking = missing(every)
    processes = min(os.cpu_count() or 1, MOST, len(lacking))
    few = processes < 2 or native.is_temporary()
    return Work([], 0, nice) if few else Work(lacking, processes, nice)


def compile_ahead(progress: Callable[[str, int, int], None] = lambda name, i, n: None, every: bool = False) -> None:
    """Compiles all that `begin` does; calls `progress(name, i, n)` at each, i = 0..n-1."""
    begin(every).watch(progress)


def missing(every: bool = False) -> list[str]:
    """Returns the names of the wanted entries that the cache folder has nothing of, those first that may take longest to compile.

    The number of arguments is the guess: who is told more does more.
    """
    entries, folder = native.wanted(every), native.cache_folder()
    lacking = [name for name in sorted(entries) if next(folder.rglob(f"*.{name}-*.nbi"), None) is None]
    return sorted(lacking, key=lambda name: -len(entries[name].arguments))


def work() -> None:
    """Compiles entries as long as there is a number in stdin, which all workers share: a byte is read by one of them.

    sys.argv: after the program the process that wants them, which this one ends after, and how nice to be to others. On Windows
    there is no being nice, and a parent is not told of.
    """
    parent, nice = (int(one) for one in sys.argv[1:])
    if os.name != "nt":
        threading.Thread(target=_end_after, args=(parent,), daemon=True).start()
        os.nice(nice)
    gc.disable()  # of what Numba makes little becomes garbage: looking for it took a twelfth of the time, not to takes 70 MB more
    names, entries = _names(), native.load_entries()
    while number := os.read(0, 1):
        name = names[number[0]]
        os.write(1, f"{BEGUN} {name}\n".encode())  # in one piece, as `print` may not: stdout is shared too
        entries[name].compile(quiet=True)
        os.write(1, f"{ENDED} {name}\n".encode())


def _end_after(parent):
    """Ends this process once its parent has."""
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _names():
    """The names of all entries, in an order that doesn't depend on what was imported first."""
    return sorted(native.load_entries())
