"""Asks a server for nonsense: paths, queries, methods, headers, bytes that are no HTTP, frames that are none of Streamlit's.

    .venv/bin/python -m bench.fuzz 20000 [seed]

Prints what came of it: how many answers of each status, the slowest, the server's memory before and after, what it logged.
"""

import contextlib
import http.client
import random
import socket
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

from streamlit.proto.BackMsg_pb2 import BackMsg
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from tests.servers import running

AT_ONCE = 8
PATHS = ("/", "/network", "/lesson", "/api/data", "/api/python", "/api/page", "/api/qr", "/api/address", "/assets/x/stage.js",
         "/static/js/index.js", "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/upload_file/a/b",
         "/_stcore/stream", "/_stcore/agent/mcp", "/_stcore/agent/interact", "/media/a", "/component/a/b", "/favicon.png", "/oauth2callback",
         "/_stcore/bidi-components/a", "/..%2f..%2fapp.py", "//a/b", "/%00", "/%ff%fe", "/\\..\\app.py")  # fmt: skip
FIELDS = ("surface", "view", "theme", "version", "dataset", "samples", "noise", "test", "seed", "page", "lang", "link", "lane", "hidden",
          "steps", "batch", "change", "start", "off", "chosen", "activation", "init", "scene", "x")  # fmt: skip
VALUES = ("", "beale", "long_valley,condition:50", "adam,lr:0.1", "sgd", "spiral", "surfaces", "network", "nan", "-1", "1e999", "0", "7",
          "99999999999999999999", "32,32,32", "http://a/b", "2d", "zh", "1,2", "a" * 3000, "%00", "٣", "'\"<>", "1_0", "..", "0x1")  # fmt: skip
GOOD = ("/api/python?page=surfaces&surface=long_valley,condition:50,angle:30", "/api/qr?link=http://a/?surface=beale",
        "/api/data?dataset=spiral&samples=100&noise=0.1&test=0.2&seed=3", "/api/python?page=surfaces&surface=booth&lane=adam,lr:0.1",
        "/api/python?page=network&dataset=circle&samples=100&steps=50&lane=sgd,lr:0.1", "/api/page?page=network&lang=zh", "/api/address",
        "/?surface=beale&steps=30", "/_stcore/health", "/_stcore/host-config", "/network?hidden=3,4")  # fmt: skip
METHODS = ("GET",) * 12 + ("HEAD", "OPTIONS", "POST", "PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "BREW")
HEADERS = ("Accept-Encoding", "If-None-Match", "Range", "Origin", "Cookie", "Content-Length", "Transfer-Encoding", "Expect", "Upgrade",
           "Connection", "X-Forwarded-For", "X-Forwarded-Host", "Referer", "Accept", "Host", "If-Modified-Since")  # fmt: skip
TEXTS = ("gzip", "*", "bytes=0-", "bytes=9-1,3-99999999999", "null", "chunked", "100-continue", "websocket", "close", "-5", "W/\"x\"",
         "_streamlit_xsrf=2|a|b|c", "\x80\xff", "evil.example", "a" * 2000, "")  # fmt: skip


def rubbish(rng, most=60):
    """Random bytes, printable or not."""
    return bytes(rng.choice((rng.randrange(256), rng.randrange(32, 127))) for _ in range(rng.randrange(most)))


def a_request(rng):
    """The bytes of one request, whole or not."""
    if rng.random() < 0.4:  # one that is answered, or nearly
        good, cut = rng.choice(GOOD), rng.randrange(3, 99)
        good = rng.choice((good, good[:cut] + quote(rubbish(rng, 5)) + good[cut + 1 :]))
        return f"GET {good} HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip\r\nConnection: close\r\n\r\n".encode()
    path = rng.choice(PATHS) + rng.choice(("", "", "", "/", quote(rubbish(rng))))
    query = "&".join(f"{rng.choice(FIELDS)}={quote(rng.choice(VALUES), safe=',:%/')}" for _ in range(rng.randrange(6)))
    lines = [f"{rng.choice(METHODS)} {path}?{query} HTTP/1.1", f"Host: {rng.choice(('localhost', '127.0.0.1', 'evil.example'))}"]
    lines += [f"{rng.choice(HEADERS)}: {rng.choice(TEXTS)}" for _ in range(rng.choice((0, 0, 1, 3)))]
    request = "\r\n".join([*lines, "Connection: close", "", ""]).encode("latin-1")
    at = rng.randrange(len(request))
    return rng.choice((*[request] * 8, request[:at] + rubbish(rng) + request[at:], rubbish(rng) + b"\r\n\r\n"))


def a_message(rng):
    """The bytes of one WebSocket message: near to one of Streamlit's, or far from it."""
    message = BackMsg()
    message.rerun_script.query_string = "&".join(f"{rng.choice(FIELDS)}={rng.choice(VALUES)}" for _ in range(rng.randrange(5)))
    for key in rng.sample(("surface", "steps", "noise", "view", "language", "surfaces", "run.hidden", "x"), rng.randrange(5)):
        widget = message.rerun_script.widget_states.widgets.add(id=f"$$ID-{rng.getrandbits(64):x}-{key}")
        field, value = rng.choice((("double_value", float("nan")), ("double_value", 1e300), ("int_value", 2**62), ("string_value", "a" * 2000),
                                   ("json_value", "[" * 9000), ("json_value", '{"commit": {}}'), ("bool_value", True)))  # fmt: skip
        setattr(widget, field, value)
    whole = message.SerializeToString()
    return rng.choice((whole, whole, whole[: len(whole) // 2], rubbish(rng), "text"))


def ask(port, request):
    """(status, seconds) of a request's answer; 0 for none."""
    begun = time.perf_counter()
    status = 0
    with (
        contextlib.suppress(OSError, http.client.HTTPException),
        socket.create_connection(("127.0.0.1", port), timeout=20) as one,
    ):
        one.sendall(request)
        if not request.endswith(b"\r\n\r\n"):
            one.shutdown(socket.SHUT_WR)  # what is not whole by now never will be
        answer = http.client.HTTPResponse(one, method=request.split(b" ")[0].decode("latin-1"))
        answer.begin()
        status = answer.status
        answer.read()
    return status, time.perf_counter() - begun


def talk(port, messages):
    """Sends messages by a WebSocket; (101 or the handshake's refusal, seconds until it was answered)."""
    begun = time.perf_counter()
    try:
        with connect(f"ws://127.0.0.1:{port}/_stcore/stream", close_timeout=1, open_timeout=20) as socket_:
            taken = time.perf_counter() - begun
            for message in messages:
                socket_.send(message)
    except (OSError, WebSocketException):
        return 101, 0.0
    return 101, taken


def fuzz(server, requests, seed=0):
    """(Counter of statuses, [(seconds, what)], the slowest first) of so many requests."""

    def one(i):
        rng = random.Random(f"{seed} {i}")
        what = [a_message(rng) for _ in range(5)] if i % 20 == 0 else a_request(rng)
        status, taken = (talk if i % 20 == 0 else ask)(server.port, what)
        return status, taken, str(what)[:200]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        found = list(pool.map(one, range(requests)))
    return Counter(status for status, *_ in found), sorted(((taken, what) for _, taken, what in found), reverse=True)


def memory(server):
    """Megabytes that a server's process has, None where that can't be read."""
    with contextlib.suppress(OSError):
        return int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1]) * 4096 / 1e6


def main(requests=20_000, seed=0):
    """Runs it and prints what came of it."""
    with running() as server:
        fuzz(server, 500, "warm")
        before, said = memory(server), len(server.printed.splitlines())
        for part in range(4):
            statuses, slowest = fuzz(server, requests // 4, f"{seed} {part}")
            print(dict(statuses), f"slowest {slowest[0][0]:.2f} s, memory {before:.0f} -> {memory(server):.0f} MB")
            print(*(f"  {taken:.2f} s {what}" for taken, what in slowest[:3]), sep="\n")
        print(*server.printed.splitlines()[said:][:60], sep="\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
