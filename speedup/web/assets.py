"""What the browser loads besides Streamlit's own: the stage's modules, kernels, tables, words and Plotly.

Kept in memory. All have addresses under one hash of all contents, so that browsers may keep them for ever.
"""

import functools
import gzip
import hashlib
import re
from pathlib import Path

import plotly
from streamlit import config

from speedup.kernels import wasm
from speedup.web import tables
from speedup.web.bundle import bundle
from speedup.words import i18n

WEB = Path(__file__).resolve().parent
PACKAGE = WEB.parent
STATIC = WEB / "static"
PLOTLY = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
PLAYER = "player.bundle.js"  # host/player.js with all modules that it needs, in one script

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
    """Returns {name: Asset}: a file of `static` by its path in there, the others by their names.

    Builds `kernels.wasm` first if somebody has edited a kernel.
    """
    files = {file.relative_to(STATIC).as_posix(): file for file in sorted(STATIC.rglob("*"))}
    files |= {file.name: file for file in (*wasm.ensure().iterdir(), PLOTLY)}
    found = {name: Asset(file.read_bytes(), TYPES[file.suffix]) for name, file in files.items() if file.suffix in TYPES}
    script = bundle(modules(found), ("host/player.js",), "") + '\nspeedup("host/player.js").start();'
    found[PLAYER] = Asset(script.encode(), TYPES[".js"])
    found["tables.json"] = Asset(tables.tables(), TYPES[".json"])
    for lang in sorted(file.stem for file in i18n.LOCALES.glob("*.toml")):
        found[f"words.{lang}.json"] = Asset(tables.words(lang), TYPES[".json"])
    return found


def modules(found: dict[str, Asset]) -> dict[str, str]:
    """Returns {name: text} of the stage's modules among assets."""
    ours = {name: asset for name, asset in found.items() if name.endswith(".js") and name not in (PLOTLY.name, PLAYER)}
    return {name: asset.body.decode() for name, asset in ours.items()}


@functools.lru_cache(maxsize=1)
def version() -> str:
    """Returns a hash of all assets and of the sources that figures and files are made by."""
    contents = {name: asset.hash for name, asset in assets().items()}
    sources = [*PACKAGE.rglob("*.py"), *STATIC.rglob("*.html")]
    contents |= {file.relative_to(PACKAGE).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sources}
    return hashlib.sha256(repr(sorted(contents.items())).encode()).hexdigest()[:16]


@functools.lru_cache(maxsize=4)
def page_style(sidebar: bool = True, names: bool = True) -> str:
    """Returns page.css as an element, without comments and indentation: every run of a page sends it.

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
