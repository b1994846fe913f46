"""Real servers for tests, on free ports, and requests to them."""

import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple
from urllib.error import HTTPError
from urllib.request import urlopen

ROOT = Path(__file__).resolve().parent.parent
START = 300  # seconds that a start may take: the kernels may have to be compiled, on a machine with much else to do
PYTHON_APP = (sys.executable, str(ROOT / "app.py"))


class Answer(NamedTuple):
    """What a server sent: `headers` with names in lower case."""

    status: int
    headers: dict
    body: bytes

    def json(self):
        """The body's JSON; NaN and infinity are refused."""
        return json.loads(self.body, parse_constant=lambda name: 1 / 0)


class Server:
    """A running server: its port, base path, and what it has printed so far."""

    def __init__(self, process, port, base):
        self.process, self.port, self.base, self.printed = process, port, base, ""
        self.url = f"http://127.0.0.1:{port}{base}"
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self.printed += line

    def ask(self, path, method="GET", **headers):
        """The answer to one request to `path`, below the base path. A header is named like if_none_match."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, self.base + path, headers=named)
            answer = connection.getresponse()
            return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, answer.read())
        finally:
            connection.close()

    def stop(self):
        """Ends the server as Ctrl-C does; its exit code."""
        self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(15)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise

    def wait(self):
        """Returns when the server answers. Raises RuntimeError with what it printed if it ends instead."""
        limit = time.monotonic() + START
        while time.monotonic() < limit and self.process.poll() is None:
            try:
                with urlopen(f"{self.url}/_stcore/health", timeout=START):
                    return
            except HTTPError:
                break
            except OSError:
                time.sleep(0.1)
        raise RuntimeError(f"the server did not start:\n{self.printed}")

    def settle(self):
        """Returns when it has loaded all kernels too, and has nothing more to do by itself. Raises RuntimeError if it doesn't."""
        limit = time.monotonic() + START
        while "all kernels are ready" not in self.printed:
            if time.monotonic() > limit or self.process.poll() is not None:
                raise RuntimeError(f"the server did not get ready:\n{self.printed}")
            time.sleep(0.05)


def free_port():
    """A port that nobody listens on now, and that no system gives to a connection before a server can take it."""
    while True:
        port = random.SystemRandom().randrange(20_000, 32_000)
        with socket.socket() as one:
            try:
                one.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


@contextmanager
def running(command=PYTHON_APP, base="", cwd=ROOT, **environment):
    """A Server started by `command` with `environment` besides the tests' own; PORT is a free one."""
    port = int(environment.pop("PORT", free_port()))
    clean = {k: v for k, v in os.environ.items() if not k.startswith("STREAMLIT_") and k != "HOST"}
    process = subprocess.Popen(
        [part.format(port=port) for part in command], cwd=cwd, text=True, encoding="utf-8",
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL,
        env=clean | {"PORT": str(port), "PYTHONUNBUFFERED": "1"} | environment,
    )  # fmt: skip
    server = Server(process, port, base)
    try:
        server.wait()
        yield server
    finally:
        if process.poll() is None:
            server.stop()
