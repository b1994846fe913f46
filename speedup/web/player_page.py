"""The player's page as HTML: it asks for its files, or holds them itself, see `speedup.web.offline`."""

import functools
import html
import json
import re
from string import Template
from typing import Any

from streamlit import config

from speedup.scenes import lesson_scene, network_scene, surfaces_scene
from speedup.web.assets import SCRIPT, STATIC, STYLE, WEB, base_url
from speedup.words import i18n

PAGES: dict[str, Any] = {kind.NAME: kind for kind in (surfaces_scene, network_scene, lesson_scene)}
COLOURS = ("textColor", "backgroundColor", "secondaryBackgroundColor", "borderColor", "primaryColor")
ASKED = """<link rel="preload" as="style" href="$base$style">
<link rel="preload" as="fetch" crossorigin href="${base}kernels.wasm">
<link rel="preload" as="fetch" crossorigin href="${base}tables.$lang.json">
<script src="$base$script" data-start="host/player.js" defer></script>"""


def page(told: dict, embedded: bool = False) -> str:
    """Returns the page that shows what is `told` of a scene; `embedded`: without its bar."""
    bar = "" if embedded else _bar(told, "<a data-app>↗</a>")
    return _page(told | {"base": base_url()}, asked=ASKED, bar=bar, embed=" data-embed" * embedded)


def whole_page(told: dict, held: str) -> str:
    """Returns the page that asks nobody: `held` are its files as elements, `told` says which scene is shown first, and `base`."""
    starter = (STATIC / "host" / "held.html").read_text("utf-8")
    return _page(told, bar=_bar(told), held=f"{held}\n{starter}")


def _page(told, asked="", bar="", embed="", held=""):
    """The page of its parts."""
    words = i18n.words(told["lang"])
    values = {"lang": told["lang"], "title": words["page"][told["page"]], "needs": words["offline"]["needs"]}
    values |= {"base": told["base"], "script": SCRIPT, "style": STYLE}
    values = {name: html.escape(value) for name, value in values.items()} | _style()
    scene = json.dumps(told, ensure_ascii=False, allow_nan=False).replace("<", "\\u003c")  # ends no <script>
    values |= {"asked": Template(asked).substitute(values), "bar": bar, "embed": embed, "scene": scene, "held": held}
    return Template((STATIC / "host" / "player.html").read_text("utf-8")).substitute(values)


def _bar(told, way=""):
    """The pages, the settings' button where there are any, the languages, the `way` to the app; player.js fills in the rest."""
    words = i18n.words(told["lang"])["page"]
    pages = "".join(f'<a data-page="{name}">{html.escape(words[name])}</a>' for name in PAGES)
    languages = "".join(
        f'<a data-lang="{lang}" lang="{lang}">{html.escape(i18n.text(lang, "page.language_name"))}</a>' for lang in i18n.LANGUAGES
    )
    label = html.escape(words["language"])
    languages = f'<div role="group" aria-label="{label}">{languages}</div>'
    hidden = " hidden" * (not told["settings"])
    opener = f'<button type="button" class="open" aria-expanded="false"{hidden}><span>{words["settings"]}</span><b></b></button>'
    return f"<header><h1>speedup</h1><nav>{pages}</nav>{opener}{languages}{way}</header>"


def _style():
    """The theme for the CSS of a plain page: colours `light` and `dark`, `font`, `code` (the font of code), `size`, which grows
    with the window as that of Streamlit's page.
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
