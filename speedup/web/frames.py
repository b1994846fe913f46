"""What a browser may send by its WebSocket: reruns of its page, in a form that fits the widgets, and not too many.

Streamlit begins a thread for every rerun that is asked for, and keeps values that it can't read: every later run of that
session would fail at them.
"""

import asyncio
import json
import logging
import math

from google.protobuf.message import DecodeError
from starlette.types import Message, Receive, Scope, Send
from streamlit.proto.BackMsg_pb2 import BackMsg

from speedup.web.widgets import KINDS, SENT

AT_ONCE, PER_SECOND = 5, 10  # reruns of one connection; of more only the newest is run, which has all values
MOST_WAITING = 300  # frames that may come while one waits, a tenth of a second
LONGEST_TEXT, MOST_TEXTS, DEEPEST = 1000, 10, 20
LARGEST = 2.0**53  # a browser's largest whole number
IGNORED = ("load_git_info", "app_heartbeat", "clear_cache", "set_run_on_save", "file_urls_request", "backend_operation_request")
log = logging.getLogger(__name__)


class FrameError(Exception):
    """What no browser sends."""


class Frames:
    """One connection's ASGI channels, for Streamlit: `receive` gives it only what may be, when it may be."""

    def __init__(self, receive: Receive, send: Send, scope: Scope):
        self._receive, self.send, self._client = receive, send, (scope.get("client") or ("?",))[0]
        self._coming: asyncio.Future | None = None
        self._left, self._then, self._told = float(AT_ONCE), 0.0, False

    async def receive(self) -> Message:
        """Returns the next message. What a widget can't have is left out, what isn't Streamlit's closes the connection."""
        try:
            message = None
            while message is None:
                message = await self._newest(await self._next())
            return message
        except FrameError as error:
            return await self._close(error)

    def end(self) -> None:
        """Waits for nothing any more."""
        if self._coming is not None:
            self._coming.cancel()

    def _wanted(self, message):
        """The message; None if it is a frame to be left out. Raises FrameError if no browser sends it."""
        if message["type"] != "websocket.receive":
            return message
        try:
            return message if check(message.get("bytes")) else None
        except ValueError as error:  # of a widget: closed, a browser would come again and send it again
            self._log("A message from %s is left out: %s", error)
            return None

    async def _newest(self, message):
        """The last wanted one of the message and those that come until one may be handed on again, None if none is."""
        wait: float = self._wait() if message["type"] == "websocket.receive" else 0.0
        message = self._wanted(message)
        waiting = 0
        end = asyncio.get_running_loop().time() + wait
        while wait > 0:
            later = await self._next(wait)
            if later is None or later["type"] != "websocket.receive":
                message = later or message
                break
            waiting += 1
            if waiting > MOST_WAITING:
                raise FrameError("too many at once")
            message, wait = self._wanted(later) or message, end - asyncio.get_running_loop().time()
        self._left -= 1
        return message

    def _wait(self):
        """Seconds until one more may be handed on."""
        now = asyncio.get_running_loop().time()
        self._left = min(AT_ONCE, self._left + (now - self._then) * PER_SECOND)
        self._then = now
        return max(0.0, (1 - self._left) / PER_SECOND)

    async def _next(self, timeout=None):
        """The next message, None if none has come in so many seconds."""
        self._coming = self._coming or asyncio.ensure_future(self._receive())
        done, _ = await asyncio.wait({self._coming}, timeout=timeout)
        if not done:
            return None
        coming, self._coming = self._coming, None
        return coming.result()

    def _log(self, text, wrong):
        """Says it once for a connection."""
        if not self._told:
            log.warning(text, self._client, wrong)
        self._told = True

    async def _close(self, wrong):
        self._log("A WebSocket of %s is closed: %s", wrong)
        await self.send({"type": "websocket.close", "code": 1008, "reason": str(wrong)})
        return {"type": "websocket.disconnect", "code": 1008}


def check(frame: bytes | None) -> bool:
    """Tells whether to hand a frame on: a browser also sends what nobody here has to know.

    Raises ValueError for a value that its widget can't have, FrameError for what isn't Streamlit's at all.
    """
    message = BackMsg()
    try:
        message.ParseFromString(frame or b"")
    except DecodeError:
        raise FrameError("no message of Streamlit's") from None
    kind = message.WhichOneof("type")
    if kind in IGNORED:
        return False
    if kind not in ("rerun_script", "stop_script"):
        raise FrameError("no message of Streamlit's")
    for state in message.rerun_script.widget_states.widgets:
        key, field = state.id.rpartition("-")[2], state.WhichOneof("value")
        if field is not None and not (field in SENT.get(KINDS.get(key, ""), ()) and CHECKS[field](getattr(state, field))):
            raise ValueError(f"no value of the widget {key[:40]!r}")
    return True


def _shallow(text):
    """Whether a text is JSON that isn't deeper nested than a scene."""
    try:
        level = [json.loads(text)]
    except (ValueError, RecursionError):
        return False
    for _ in range(DEEPEST):
        level = [
            inner for one in level if isinstance(one, (dict, list)) for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return not level


CHECKS = {
    "double_value": lambda value: math.isfinite(value) and abs(value) <= LARGEST,
    "int_value": lambda value: abs(value) <= LARGEST,
    "string_value": lambda text: len(text) <= LONGEST_TEXT,
    "string_array_value": lambda texts: len(texts.data) <= MOST_TEXTS and all(len(text) <= LONGEST_TEXT for text in texts.data),
    "json_value": _shallow,
}
