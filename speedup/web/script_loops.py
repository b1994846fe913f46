"""Event loops that take no file descriptors until they run.

Streamlit makes one for each session, three descriptors each, and keeps it for minutes after the visitor has left. Our
pages never run theirs.
"""

import asyncio
import selectors


class ScriptLoop(asyncio.SelectorEventLoop):
    """A loop whose way to be woken, a pair of sockets, is made when it first runs."""

    def __init__(self):
        self._ssock = self._csock = None
        super().__init__(getattr(selectors, "PollSelector", selectors.SelectSelector)())  # epoll would take one

    def _make_self_pipe(self):
        """Waits: asyncio calls this as soon as a loop is made."""

    def _close_self_pipe(self):
        if self._ssock is not None:
            super()._close_self_pipe()  # type: ignore[misc]

    def run_forever(self) -> None:
        """Runs until `stop` is called."""
        if self._ssock is None:
            super()._make_self_pipe()  # type: ignore[misc]
        super().run_forever()


class Policy(asyncio.DefaultEventLoopPolicy):
    """Who makes a loop inside of a running one, as Streamlit does for a session, gets one that isn't to run there."""

    def new_event_loop(self) -> asyncio.AbstractEventLoop:
        """Makes a loop."""
        return super().new_event_loop() if asyncio._get_running_loop() is None else ScriptLoop()


def install() -> None:
    """Makes this so for the process."""
    asyncio.set_event_loop_policy(Policy())
