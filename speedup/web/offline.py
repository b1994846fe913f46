"""A scene as one HTML file that is alive without a server: the player with its files inside, for all pages and languages.

Files stand in it as gzip in base64, under the names that the server has them by; `static/host/held.html` unpacks them.
`static/host/own_server.js` answers as /api/scene does, by what is told here: the settings but for those that need new data,
which only a server draws. There is no link for others in it, and no script.
"""

import base64
import functools
import html
import json
from decimal import Decimal
from typing import Any

from speedup.scenes import lesson_scene, network_scene
from speedup.scenes.query import DATA_FIELDS
from speedup.schema.validation import SpecError
from speedup.web import data
from speedup.web.assets import TYPES, Asset, assets, version
from speedup.web.player import tell
from speedup.web.player_page import PAGES, whole_page
from speedup.words import i18n, settings

FOLDER = "held:/"  # where the page believes the app's addresses to be
DRAWN = DATA_FIELDS[1:]  # settings of a network that need other data
NO_VALUE = ["{value}"]  # of any setting: a list, which stands in the sentence that refuses it for what is typed


def filename(page: str, found: Any) -> str:
    """Returns the file's name: speedup-long_valley.html, speedup-tutorial.html, speedup-slope.html."""
    if page == lesson_scene.NAME:
        return f"speedup-{found.at}.html"
    name = network_scene.named(found) or found.run.dataset if page == network_scene.NAME else found.race.surface
    return f"speedup-{name}.html"


@functools.lru_cache(maxsize=8)
def file(page: str, found: Any, lang: str) -> Asset:
    """Returns the file of a scene; it begins in a language."""
    scenes = {name: found if name == page else kind.default_scene() for name, kind in PAGES.items()}
    told = {one: {name: tell_own(PAGES[name], scene, one) for name, scene in scenes.items()} for one in i18n.LANGUAGES}
    files = assets() | {"scenes.json": Asset(json.dumps(told, allow_nan=False).encode(), TYPES[".json"])}
    files |= {name: Asset(made, "application/octet-stream") for name, made in _data([told[lang], lesson_scene.plain()]).items()}
    held = "\n".join(_element(name, asset) for name, asset in files.items())
    first = {name: told[lang][page][name] for name in ("page", "lang", "settings")}
    made = Asset(whole_page(first | {"base": f"{FOLDER}assets/{version()}/"}, held).encode(), "text/html; charset=utf-8")
    made.gzipped  # noqa: B018
    return made


def tell_own(kind: Any, scene: Any, lang: str) -> dict[str, Any]:
    """Returns what the server tells of a scene. Of its settings also: what they bring along and teach, how a value is refused."""
    told = tell(kind, scene, lang)
    rows = [row for row in told["settings"] if kind is not network_scene or row["field"] not in DRAWN]
    for row in rows:
        setting = settings.row(kind, row["field"])
        changed = {name: kind.changed(scene, setting.field, name) for name in row["names"]}
        row["taught"] = {name: settings.taught(setting, one, lang) for name, one in changed.items()}
        if setting.field in ("scene", "dataset"):  # the others bring what the tables have, or nothing
            row["brings"] = {name: _brought(kind.scene_json(one), setting.field) for name, one in changed.items()}
        row["refusal"] = _refusal(kind, scene, setting.field, lang)
    return told | {"settings": rows}


def _brought(scene, field):
    """All of a named scene; of a network with other data its data, so that they are some that the file has."""
    return scene if field == "scene" else {name: scene[name] for name in DATA_FIELDS}


def _refusal(kind, scene, field, lang):
    """The sentence that a value of a setting can't be."""
    try:
        kind.changed(scene, field, NO_VALUE)
    except SpecError as error:
        return i18n.explain(error, lang, "refused")
    raise ValueError(f"{field} takes anything")


def _data(told):
    """Name -> safetensors of the data of every training in nested dicts and lists, as the stage asks for them."""
    if isinstance(told, dict) and "dataset" in told and "samples" in told:
        values = [told[name] for name in DATA_FIELDS]
        query = "&".join(f"{name}={_as_javascript(value)}" for name, value in zip(DATA_FIELDS, values))
        return {f"data?{query}&version={version()}": data.tensors(*values)}
    inside = told.values() if isinstance(told, dict) else told if isinstance(told, list) else ()
    return {name: made for one in inside for name, made in _data(one).items()}


def _as_javascript(value):
    """A text, or a number as JavaScript writes it."""
    if isinstance(value, str):
        return value
    text = f"{Decimal(repr(value)):f}" if value == 0 or value >= 1e-6 else repr(value).replace("e-0", "e-")
    return text.removesuffix(".0")


def _element(name, asset):
    """A file as an element that a browser doesn't run."""
    packed = base64.b64encode(asset.gzipped).decode()
    return f'<script type="text/plain" data-name="{html.escape(name)}" data-type="{asset.media_type}">{packed}</script>'
