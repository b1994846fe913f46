"""The words: one TOML file a language in `locales`. English names and sentences of surfaces and datasets stand in their rows."""

import functools
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from speedup.datasets import DATASETS
from speedup.optimizers import OPTIMIZERS
from speedup.schema.validation import SpecError
from speedup.surfaces import SURFACES

LOCALES = Path(__file__).resolve().parent / "locales"
LANGUAGES = tuple(sorted(file.stem for file in LOCALES.glob("*.toml")))
DEFAULT = "en"
MOST_SAID = 6  # problems of a link: more would push the stage off the screen


@functools.cache
def words(lang: str) -> dict[str, Any]:
    """Returns all words of a language as nested dicts; where a locale names no surface or optimizer, the table's own."""
    table = tomllib.loads((LOCALES / f"{lang}.toml").read_text("utf-8"))
    found = {"optimizers": {row.name: row.label for row in OPTIMIZERS.values()} | table.get("optimizers", {})}
    for name, rows in {"surfaces": SURFACES, "datasets": DATASETS}.items():
        own, here = {row.name: {"label": row.label, "teaches": row.teaches} for row in rows.values()}, table.get(name, {})
        found[name] = {row: words | here.get(row, {}) for row, words in own.items()}
    return table | found


def text(lang: str, key: str, **values: Any) -> str:
    """Returns the text of a dotted key, {name} replaced by values: text("en", "page.loss", loss=1). Raises KeyError."""
    found: Any = functools.reduce(lambda table, name: table[name], key.split("."), words(lang))
    return found.format(**values)


def allowed(lang: str, said: str) -> str:
    """Returns what a SpecError has `said` is allowed, in a language; as it was said where the locales don't have it."""
    for key, template in words(DEFAULT)["allowed"].items():
        found = re.fullmatch(re.sub(r"\\{(\w+)\\}", r"(?P<\1>.+)", re.escape(template)), said)
        if found:
            return text(lang, f"allowed.{key}", **found.groupdict())
    return said


def explain_first(problems: Sequence[SpecError], lang: str) -> list[str]:
    """Returns the problems of a link as sentences: the first six, and how many more there are."""
    lines = [explain(problem, lang) for problem in problems[:MOST_SAID]]
    more = len(problems) - MOST_SAID
    return [*lines, text(lang, "page.more_problems", n=more)] if more > 0 else lines


def explain(problem: SpecError, lang: str, key: str = "problem") -> str:
    """Returns a SpecError as a sentence of the language: "problem" in a link, "refused" in a field."""
    said = allowed(lang, problem.allowed)
    return text(lang, f"page.{key}", field=problem.field, value=problem.value, allowed=said)


def language(asked: str | None, locale: str | None) -> str:
    """Returns the language for the `asked` one (of the link, or None) and the browser's locale ("zh-CN", or None)."""
    for wanted in (asked, (locale or "").split("-")[0].lower()):
        if wanted in LANGUAGES:
            return wanted
    return DEFAULT
