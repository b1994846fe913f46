"""A scene as one HTML file that is alive without a server: the stage, the kernels and all that they need are in it.

Files of the app stand in it as gzip in base64, under the names that they have in `speedup.web.assets`.
`static/host/offline.html` unpacks them, `static/host/offline.js` is the stage's server.
"""

import base64
import functools
import html
import json
import re
from string import Template
from typing import Any

from streamlit import config

from speedup.scenes import network_scene, surfaces_scene
from speedup.scenes.query import DATA_FIELDS
from speedup.web import data
from speedup.web.assets import SCRIPT, STATIC, STYLE, TYPES, WEB, Asset, assets, version
from speedup.words import i18n

PAGES = {kind.NAME: kind for kind in (surfaces_scene, network_scene)}
FOLDER = "held:/"  # where the page believes the app's addresses to be
COLOURS = ("textColor", "backgroundColor", "secondaryBackgroundColor", "borderColor", "primaryColor")


def read(page: str, pairs: list[tuple[str, str]]) -> Any:
    """Reads the scene of a page from the pairs of a query. Raises the first SpecError: a file has the scene that is meant."""
    found, problems = PAGES[page].read_scene(pairs)
    if problems:
        raise problems[0]
    return found


def filename(page: str, found: Any) -> str:
    """Returns the file's name: speedup-long_valley.html, speedup-tutorial.html."""
    return f"speedup-{_subject(page, found)[1]}.html"


@functools.lru_cache(maxsize=8)
def file(page: str, found: Any, lang: str) -> Asset:
    """Returns the file of a scene in a language."""
    words = i18n.words(lang)
    kind, name = _subject(page, found)
    values = {"lang": lang, "title": words[kind][name]["label"], "teaches": words[kind][name]["teaches"]}
    values |= {"needs": words["offline"]["needs"]}
    values = {key: html.escape(value) for key, value in values.items()} | style()
    values["files"] = "\n".join(_element(name, asset) for name, asset in _files(page, found, lang).items())
    text = Template((STATIC / "host" / "offline.html").read_text("utf-8")).substitute(values)
    made = Asset(text.encode(), "text/html; charset=utf-8")
    made.gzipped  # noqa: B018
    return made


def _subject(page, found):
    """("surfaces", "long_valley"): where the words have the scene's title."""
    if page == surfaces_scene.NAME:
        return "surfaces", found.race.surface
    named = network_scene.named(found)
    return ("scenes", named) if named else ("datasets", found.run.dataset)


def _files(page, found, lang):
    """Name -> Asset of all that the page needs."""
    files = {name: assets()[name] for name in (SCRIPT, STYLE, "kernels.wasm", f"tables.{lang}.json")}
    told = {"kind": page, "scene": PAGES[page].scene_json(found), "lang": lang, "serial": "", "id": None}
    told["base"] = f"{FOLDER}assets/{version()}/"
    if page == surfaces_scene.NAME:
        files["plotly.min.js"] = assets()["plotly.min.js"]
    else:
        tensors = data.tensors(*(getattr(found.run, name) for name in DATA_FIELDS))
        files["data"] = Asset(tensors, "application/octet-stream")
    return files | {"page.json": Asset(json.dumps(told, allow_nan=False).encode(), TYPES[".json"])}


def _element(name, asset):
    """A file as an element that a browser doesn't run."""
    packed = base64.b64encode(asset.gzipped).decode()
    return f'<script type="text/plain" data-name="{name}" data-type="{asset.media_type}">{packed}</script>'


def style() -> dict:
    """Returns the theme for the CSS of a plain page: colours `light` and `dark`, `font`, `code` (the font of code), `size`,
    which grows with the window as that of Streamlit's page.
    """
    fonts = {"font": config.get_option("theme.font"), "code": config.get_option("theme.codeFont")}
    colours = {mode: _colours(mode) for mode in ("light", "dark")}
    return colours | {name: html.escape(font) for name, font in fonts.items()} | {"size": _size()}


@functools.cache
def _size():
    """The size of the page's type as CSS."""
    (size,) = re.findall(r"^html \{ font-size: (.+?); \}", (WEB / "page.css").read_text("utf-8"), re.M)
    return size


def _colours(mode):
    """The theme's colours as Streamlit hands them to its components: --st-text-color and so on."""
    named = ((re.sub("[A-Z]", lambda big: "-" + big[0].lower(), name), name) for name in COLOURS)
    return " ".join(f"--st-{css}: {config.get_option(f'theme.{mode}.{name}')};" for css, name in named)
