"""What the browser loads besides Streamlit's own, in few files: one script, one style sheet, kernels, tables with words; Plotly.

Kept in memory. All have addresses under one hash of all contents, so that browsers may keep them for ever.
"""

import functools
import gzip
import hashlib
import json
import re
from pathlib import Path

import plotly
from streamlit import config

from speedup.kernels import wasm
from speedup.web import tables
from speedup.web.bundle import bundle, sheet
from speedup.words import i18n

WEB = Path(__file__).resolve().parent
PACKAGE = WEB.parent
STATIC = WEB / "static"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
SCRIPT = "speedup.js"  # all modules, for every host and for threads
STYLE = "speedup.css"
ENTRIES = ("host/player.js", "host/mount.js", "model/worker.js")

TYPES = {
    ".js": "text/javascript; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".wasm": "application/wasm",
    ".json": "application/json",
}


class Asset:
    """A body with its media type and a hash of the body, gzipped once."""

    def __init__(self, body: bytes, media_type: str):
        self.body, self.media_type = body, media_type
        self.hash = hashlib.sha256(body).hexdigest()[:16]

    @functools.cached_property
    def gzipped(self) -> bytes:
        """The body at gzip's best, the same bytes at every start."""
        return gzip.compress(self.body, 9, mtime=0)


@functools.lru_cache(maxsize=1)
def assets() -> dict[str, Asset]:
    """Returns {name: Asset}. Builds `kernels.wasm` first if somebody has edited a kernel."""
    built = wasm.ensure()
    memory = json.loads((built / wasm.MANIFEST).read_text("utf-8"))["memory"]
    styles = texts(".css")
    bodies = {SCRIPT: bundle(texts(".js"), ENTRIES).encode(), STYLE: sheet(styles[STYLE], styles).encode()}
    bodies |= {file.name: file.read_bytes() for file in (built / wasm.MODULE, PLOTLY)}
    bodies |= {f"tables.{lang}.json": tables.tables_and_words(lang, memory) for lang in i18n.LANGUAGES}
    return {name: Asset(body, TYPES[Path(name).suffix]) for name, body in bodies.items()}


def texts(suffix: str) -> dict[str, str]:
    """Returns {name: text} of the files of `static` that end so, by their paths in there."""
    return {file.relative_to(STATIC).as_posix(): file.read_text("utf-8") for file in sorted(STATIC.rglob(f"*{suffix}"))}


@functools.lru_cache(maxsize=1)
def version() -> str:
    """Returns a hash of all assets and of the sources that data and files are made by."""
    contents = {name: asset.hash for name, asset in assets().items()}
    sources = [*PACKAGE.rglob("*.py"), *STATIC.rglob("*.html")]
    contents |= {file.relative_to(PACKAGE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sources}
    return hashlib.sha256(repr(sorted(contents.items())).encode()).hexdigest()[:16]


@functools.lru_cache(maxsize=4)
def page_style(sidebar: bool = True, names: bool = True) -> str:
    """Returns page.css as an element, without comments and indentation: every run of a page names it, the first one sends it.

    `sidebar`: the page will have one; `names`: the pages' names stand above it.
    """
    text = re.sub(r"/\*.*?\*/", "", (WEB / "page.css").read_text("utf-8"), flags=re.S)
    room = "" if sidebar else "[data-testid=stApp] { --beside: 0; --unfold: none; }"
    room += "" if names else "[data-testid=stApp] { --above: 1rem; .st-key-pages { display: none; } }"
    return "<style>" + re.sub(r"\s+", " ", text + room) + "</style>"


def base_path() -> str:
    """Returns `server.baseUrlPath` as a prefix: "" or "/some/path"."""
    path = config.get_option("server.baseUrlPath").strip("/")
    return f"/{path}" if path else ""


def base_url() -> str:
    """Returns the folder of the assets, as an absolute path that ends in a slash."""
    return f"{base_path()}/assets/{version()}/"
