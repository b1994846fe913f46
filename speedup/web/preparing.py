"""Compiles and loads kernels while visitors come already: only a few of their questions need one."""

import contextlib
import gc
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError

from speedup.kernels import ahead, native

NICE = 10  # processes that compile leave the processor to visitors
PATIENCE = 5  # seconds that an end may take: this process itself is compiling where no others can


class Preparation:
    """A thread that sees to it; it has begun."""

    def __init__(self) -> None:
        self.begun, self.ending, self.work = time.monotonic(), threading.Event(), ahead.begin(nice=NICE)
        self.thread = threading.Thread(target=self._run, daemon=True)
        self.thread.start()

    def end(self) -> None:
        """Ends the thread and its processes, at once, as the server ends."""
        self.ending.set()
        self.work.stop()
        self.thread.join(PATIENCE)

    def _run(self):
        with contextlib.suppress(CancelledError):
            self.work.watch(self._said("compiling"))
            native.warm(self._said("preparing"))
            gc.collect()
            gc.freeze()  # else every full collection looks at all that is loaded by now: 100 ms
            print("  all kernels are ready", flush=True)

    def _said(self, doing: str) -> Callable[[str, int, int], None]:
        def say(name, i, n):
            if self.ending.is_set():
                raise CancelledError
            print(f"  {doing} kernels: {name}, {i + 1} of {n}", flush=True)

        return say


_current: list[Preparation] = []  # the server's


def begin() -> None:
    """Begins to prepare: entries that are missing are waited for from now on. In the end `end` has to be called."""
    _current.append(Preparation())


def end() -> None:
    """Ends what has begun."""
    while _current:
        _current.pop().end()


def seconds_without(entry: native.Entry) -> int | None:
    """Returns for how long the server has been preparing, if an entry is still missing; else None: it can be called at once."""
    for one in _current:
        if one.thread.is_alive() and entry.compiled is None:
            return int(time.monotonic() - one.begun)
    return None
