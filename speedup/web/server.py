"""The app's server: Streamlit's pages, our routes and the guard in one. Kernels are compiled while visitors come already."""

import errno
import functools
import gc
import importlib
import os
import socket
import sys
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, NamedTuple

import streamlit as st
import uvicorn
from anyio import to_thread
from starlette.middleware import Middleware
from streamlit import config

from speedup.web import assets, descriptors, lan_address, preparing, script_loops, seldom, settings, streamlit_files
from speedup.web.guard import Guard
from speedup.web.protocols import Http, WebSocket
from speedup.web.routes import routes

PAGE = settings.PAGES / "index.py"


class Hints(NamedTuple):
    """What to type to be open to everybody in the room, and to take another port."""

    everywhere: str
    port: str


MAKE = Hints("HOST=0.0.0.0 make run", "PORT=8502 make run")
COMMAND = Hints("speedup --host 0.0.0.0", "speedup --port 8502")


@functools.cache
def warm_up() -> None:
    """Begins to prepare the kernels, and reads the assets: no visitor waits for those."""
    preparing.begin()
    for asset in assets.assets().values():
        asset.gzipped  # noqa: B018
    assets.version()
    for module in "pandas", "pyarrow", "streamlit.runtime.scriptrunner.magic_funcs":
        importlib.import_module(module)  # Streamlit would, at the first visit
    gc.collect()
    gc.freeze()  # else every full collection looks at all that is loaded by now: 100 ms


@asynccontextmanager
async def lifespan(app: st.App) -> AsyncIterator[None]:
    """Warms up; visitors are let in after this has come to its yield."""
    await to_thread.run_sync(warm_up)
    seldom.install()
    threading.Thread(target=streamlit_files.pack, daemon=True).start()
    yield
    await to_thread.run_sync(preparing.end)


def parts() -> dict[str, Any]:
    """Returns what `st.App` is made of besides PAGE. Sets up the process first: its limits and its event loops."""
    Http.most = descriptors.most_connections()
    script_loops.install()
    return {"routes": routes(), "middleware": [Middleware(Guard)], "lifespan": lifespan}


def listen(host: str, port: int) -> socket.socket:
    """Makes a listening socket: a port in use is found at once, and early visitors wait in its queue.

    Unlike Streamlit's own it says that it is TCP. Only then does asyncio set TCP_NODELAY on its connections,
    without which every small answer takes 40 ms more.
    """
    family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    listener = socket.socket(family, kind, protocol)
    if os.name != "nt":  # there it would share a port that is in use
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(address)
    listener.listen(2048)
    return listener


def announce(host: str, port: int, hints: Hints = MAKE) -> None:
    """Says where to open it, and how a class can."""
    everywhere, here = lan_address.listens_everywhere(host), lan_address.lan_address() or socket.gethostname()
    print(f"\n  speedup: {lan_address.url('127.0.0.1' if everywhere else host, port)}/")
    if everywhere:
        print(f"  for the class: {lan_address.url(here, port)}/\n", flush=True)
    else:
        print(f"  Only this computer can open it. For a class on the same network: {hints.everywhere}")
        print(f"  and then {lan_address.url(here, port)}/\n", flush=True)


def serve(app: st.App, host: str, port: str, hints: Hints = MAKE) -> None:
    """Runs the server until it is stopped. Exits with a message if host or port (0 for any free one) won't do."""
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        sys.exit(f"PORT is {port!r}, but must be a number from 0 to 65535 (0: any free one).")
    try:
        listener = listen(host, int(port))
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sys.exit(f"Port {port} is in use. Stop the other program, or choose another: {hints.port}")
        sys.exit(f"Can't listen on HOST {host!r}, PORT {port}: {error.strerror}.")
    bound, number = listener.getsockname()[:2]
    config.set_option("server.address", bound)  # where `speedup.web.lan_address` looks
    config.set_option("server.port", number)
    announce(host, number, hints)
    try:
        warm_up()  # here too: the lifespan, inside of uvicorn, could not be interrupted
        print("  ready", flush=True)
        options = uvicorn.Config(
            app, log_level="warning", http=Http, ws=WebSocket, ws_max_size=2**17, timeout_graceful_shutdown=2
        )
        uvicorn.Server(options).run([listener])
    except KeyboardInterrupt:
        print()
    finally:
        preparing.end()


def main(host: str, port: str, hints: Hints = COMMAND) -> None:
    """Makes the app and serves it; Streamlit's settings come from the package."""
    settings.apply()
    serve(st.App(PAGE, **parts()), host, port, hints)
