"""uvicorn's protocols with an end to their patience: it waits for ever for requests that don't get finished."""

import asyncio
import functools
import http
import logging
from typing import Any

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol

from speedup.web.headers import common

REQUEST = 10  # seconds that a request may take to come, with its body
READING = 60  # seconds in which a reader has to take something of an answer
UNREAD = 2**20  # bytes that wait for someone who sends and doesn't read
log = logging.getLogger(__name__)


class Http(H11Protocol):
    """Closes a connection whose request has not come in time, or whose reader takes nothing; refuses too many."""

    most: int | None = None  # connections

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._request_timer: asyncio.TimerHandle | None = None
        self._reading_timer: asyncio.TimerHandle | None = None

    def connection_made(self, transport: Any) -> None:
        """Begins with one more connection, or says that there are too many."""
        super().connection_made(transport)
        if self.most is not None and len(self.connections) > self.most:
            log.warning("More than %d connections: further ones are refused. `ulimit -n` allows no more.", self.most)
            self._refused(503, "Too many connections. Try again soon.")
        self._watch()

    def data_received(self, data: bytes) -> None:
        """Reads on."""
        super().data_received(data)
        self._watch()

    def on_response_complete(self) -> None:
        """Makes ready for the next request."""
        super().on_response_complete()
        self._watch()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forgets the connection."""
        super().connection_lost(exc)
        self._request_timer = _stopped(self._request_timer)
        self._reading_timer = _stopped(self._reading_timer)

    def pause_writing(self) -> None:
        """Notes that the reader is behind."""
        super().pause_writing()
        self._reading_timer = self.loop.call_later(READING, self._check_reader, self.transport.get_write_buffer_size())

    def resume_writing(self) -> None:
        """Notes that the reader has caught up."""
        super().resume_writing()
        self._reading_timer = _stopped(self._reading_timer)

    def send_400_response(self, msg: str) -> None:
        """Refuses what is no HTTP."""
        if self.conn.our_state is h11.IDLE or self.conn.our_state is h11.SEND_RESPONSE:
            self._refused(400, msg)
        else:  # the middle of an answer
            self.transport.abort()

    def _refused(self, status, text):
        """A last answer."""
        headers = [*common().items(), (b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store"),
                   (b"content-length", str(len(text)).encode()), (b"connection", b"close")]  # fmt: skip
        lines = [f"HTTP/1.1 {status} {http.HTTPStatus(status).phrase}".encode(), *(b": ".join(one) for one in headers)]
        self.transport.write(b"\r\n".join(lines) + b"\r\n\r\n" + text.encode())
        self.transport.close()

    def _watch(self):
        """A timer runs while, and only while, the rest of a request is awaited."""
        waiting = self.conn.their_state in (h11.IDLE, h11.SEND_BODY) and self.timeout_keep_alive_task is None
        if not waiting or self not in self.connections or self.transport.is_closing():
            self._request_timer = _stopped(self._request_timer)
        elif self._request_timer is None:
            self._request_timer = self.loop.call_later(REQUEST, self.transport.abort)

    def _check_reader(self, before):
        left = self.transport.get_write_buffer_size()
        if left >= before:
            self.transport.abort()
        else:
            self._reading_timer = self.loop.call_later(READING, self._check_reader, left)


class WebSocket(WebSocketsSansIOProtocol):
    """Sends the common headers with every handshake, and holds nothing for someone who doesn't read."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.close_timeout = 1.0  # seconds for a good-bye
        self.conn.send_response = functools.partial(  # type: ignore[method-assign]
            _send_response, self.conn.send_response
        )

    def data_received(self, data: bytes) -> None:
        """Reads on. Every ping is answered at once, whether or not the answers are read."""
        if self.transport.get_write_buffer_size() > UNREAD:
            self.transport.abort()
        else:
            super().data_received(data)


def _send_response(send, response):
    for name, value in common().items():
        if name.decode() not in response.headers:
            response.headers[name.decode()] = value.decode()
    send(response)


def _stopped(timer):
    if timer is not None:
        timer.cancel()
