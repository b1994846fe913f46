"""Streamlit's own files, gzipped once: it would send its 5 MB of scripts as they are."""

import functools
from pathlib import Path

from anyio import to_thread
from starlette.requests import Request
from starlette.responses import Response
from streamlit import file_util

from speedup.web.answers import answered
from speedup.web.assets import TYPES, Asset, base_path

PACKED = TYPES | {".html": "text/html; charset=utf-8", ".svg": "image/svg+xml"}  # fonts and pictures are already
FOREVER = "public, max-age=31536000, immutable"  # their names hold hashes of what is in them
LEAST = 1000  # bytes that are worth it
NAMED = "index.html"


async def answer(request: Request) -> Response | None:
    """Returns the answer to a request for a file of Streamlit's, None where it is none that this knows."""
    if request.method not in ("GET", "HEAD") or "range" in request.headers:
        return None
    path, folder = request.scope["path"], f"{base_path()}/"
    name = path.removeprefix(folder)
    if not path.startswith(folder) or name not in _names():
        return None
    asset = await to_thread.run_sync(_asset, name)
    return await answered(request, asset, FOREVER if name.startswith("static/") else "no-cache")


def pack() -> None:
    """Gzips what the first page loads; takes a second of one core."""
    page = (_folder() / NAMED).read_text("utf-8")
    for name in _names():
        if name in page:
            _asset(name).gzipped  # noqa: B018


@functools.lru_cache(maxsize=1)
def _folder():
    return Path(file_util.get_static_dir())


@functools.lru_cache(maxsize=1)
def _names():
    """Address -> file; the page itself also has the address ""."""
    files = (path for path in _folder().rglob("*") if path.suffix in PACKED and path.stat().st_size >= LEAST)
    return {path.relative_to(_folder()).as_posix(): path for path in files} | {"": _folder() / NAMED}


@functools.cache
def _asset(name):
    path = _names()[name]
    return Asset(path.read_bytes(), PACKED[path.suffix])
