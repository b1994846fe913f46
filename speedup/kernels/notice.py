"""Says on stderr that a kernel is being compiled: whoever calls `simulate` for the first time waits for seconds."""

import contextlib
import sys
import threading
import time
from typing import Any

from numba.core import event


class Notice(event.Listener):
    """Says on stderr that an entry is being compiled, as soon as Numba does so: not if it is found on disk.

    In a terminal a line for each entry counts the seconds; elsewhere there is one line a process.
    """

    said = False  # in this process

    def __init__(self, name: str) -> None:
        self.text = f"speedup: compiling {name} for this machine, once"
        self.begun, self.thread, self.done = time.monotonic(), threading.get_ident(), threading.Event()
        self.teller: threading.Thread | None = None

    def __enter__(self) -> None:
        event.register("numba:compile", self)

    def __exit__(self, *error: object) -> None:
        event.unregister("numba:compile", self)
        self.done.set()
        if self.teller:
            self.teller.join()

    def on_start(self, compiled: Any) -> None:
        """Notes that compiling begins; Numba calls this."""
        if self.teller is None and threading.get_ident() == self.thread:  # else it is somebody else's function
            self.teller = threading.Thread(target=self.tell, daemon=True)
            self.teller.start()

    def on_end(self, compiled: Any) -> None:
        """Notes that compiling has ended; Numba calls this."""
        pass

    def tell(self) -> None:
        """Writes until all is done."""
        with contextlib.suppress(OSError, ValueError, AttributeError):  # stderr is closed, or there is none
            if sys.stderr.isatty():
                ended = False
                while not ended:
                    ended = self.done.wait(0.5)
                    seconds = f"{time.monotonic() - self.begun:.0f} s"
                    print(f"\r{self.text}: {seconds}", end="\n" * ended, file=sys.stderr, flush=True)
            elif not Notice.said:
                Notice.said = True
                print(f"{self.text} (up to 20 seconds) …", file=sys.stderr, flush=True)
