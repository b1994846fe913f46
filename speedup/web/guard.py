"""What stands before Streamlit and our routes: who and what is let in, and the headers of every answer."""

import functools
import logging
import os

from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from speedup.web import hosts, streamlit_files
from speedup.web.answers import refused
from speedup.web.assets import base_path
from speedup.web.frames import Frames
from speedup.web.headers import completed

METHODS = ("GET", "HEAD", "OPTIONS")  # there is nothing to write here
ASKED = "/api/scene"  # by POST too: a scene may be longer than an address
STREAM = "/_stcore/stream"
log = logging.getLogger(__name__)


class Guard:
    """ASGI middleware around the whole app."""

    def __init__(self, app: ASGIApp):
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuses, answers with a file of Streamlit's, or hands on."""
        if scope["type"] == "http":
            await self._http(scope, receive, functools.partial(_send, send))
        elif scope["type"] == "websocket":
            await self._websocket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope, receive, send):
        begun = False

        async def noticed(message):
            nonlocal begun
            begun = True
            await send(message)

        try:
            request = Request(scope, receive)
            answer = _refusal(scope) or await streamlit_files.answer(request) or self.app
            await answer(scope, receive, noticed)
        except Exception:
            log.exception("A request failed: %.200s", scope["path"])
            if begun:
                raise
            await refused(500, "the server failed at this; its log says why", "path")(scope, receive, send)

    async def _websocket(self, scope, receive, send):
        answer = _refusal(scope)
        if answer is None and scope["path"] != base_path() + STREAM:
            answer = refused(404, "there is no such address", "path")
        if answer is None:
            frames = Frames(receive, send, scope)
            try:
                await self.app(scope, frames.receive, frames.send)
            except Exception as error:  # Streamlit's, where a browser has gone while it was sent something
                log.warning("A WebSocket has ended: %.200r", error)
            finally:
                frames.end()
        else:  # Starlette turns it into the handshake's refusal
            await receive()
            await answer(scope, receive, functools.partial(_send, send))


def _refusal(scope):
    """The answer to what is not let in, else None."""
    host = next((value.decode("latin-1") for name, value in scope["headers"] if name == b"host"), "")
    if host and not hosts.served(host):
        return refused(403, "this server has another name; ALLOWED_HOSTS can add this one", "host")
    method = scope.get("method", "GET")
    if method not in METHODS and (method, scope["path"]) != ("POST", base_path() + ASKED):
        answer = refused(405, f"only {', '.join(METHODS)} are answered", "method")
        answer.headers["Allow"] = ", ".join(METHODS)
        return answer
    if scope["path"] == f"{base_path()}/_stcore/metrics" and os.environ.get("METRICS") != "1":
        return refused(404, "METRICS=1 opens this", "path")
    return None


async def _send(send: Send, message: Message) -> None:
    """Sends on, an answer's beginning with the headers that all have."""
    if message["type"] in ("http.response.start", "websocket.http.response.start"):
        message = {**message, "headers": completed(message["headers"])}
    await send(message)
