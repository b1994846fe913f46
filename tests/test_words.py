"""Words: each that the code asks for is in the language files, each there is asked for, and none stands in the code.

Seen in the sources as they stand. A key may have holes: `stage.${key}` in JavaScript, f"stage.{key}" in Python. What fills
a hole has to be said somewhere: as a string of any source, as a name in the same file, or as a name of one of the tables.
"""

import ast
import functools
import re
from pathlib import Path
from typing import NamedTuple

import pytest

from speedup import DATASETS, OPTIMIZERS, SURFACES
from speedup.scenes import network_scene, surfaces_scene
from speedup.schema.parameters import HYPERPARAMETERS
from speedup.words import i18n
from tests.js_strings import HOLE, literals
from tests.test_structure import leaves

ROOT = Path(__file__).resolve().parent.parent
PYTHON = sorted([*ROOT.glob("pages/*.py"), *ROOT.glob("speedup/**/*.py")])
IN_A_TERMINAL = {"server.py", "preparing.py"}  # what it says is for whoever starts it
SHOWING = [
    file
    for file in PYTHON
    if file.name not in IN_A_TERMINAL and (file.parent.name in ("pages", "web") or file.stem in ("results", "ground"))
]
SCRIPTS = sorted(ROOT.glob("speedup/web/static/**/*.js"))
WORDS = dict(leaves(i18n.words(i18n.DEFAULT)))
TOP = set(i18n.words(i18n.DEFAULT))
ENDS = {key.split(".", n)[n] for key in WORDS for n in range(key.count("."))}  # of keys, before which a function sets the rest
HEADS = {end.split(".")[0] for end in ENDS}
TABLES = {*OPTIMIZERS, *SURFACES, *DATASETS, *HYPERPARAMETERS, *network_scene.SCENES, *surfaces_scene.SCENES}
KEY = re.compile(rf"[a-z][\w{HOLE}]*(\.[\w{HOLE}]+)+", re.ASCII)
FILE = re.compile(r"\.(js|css|py|json|toml|html|wasm|svg|png|csv|webm)$")


class Said(NamedTuple):
    """A string of a source. `before`: the code in front of it, of JavaScript."""

    file: Path
    line: int
    text: str
    before: str

    def __str__(self):
        return f"{self.file.relative_to(ROOT)}:{self.line}: {self.text.replace(HOLE, '…')!r}"


@functools.cache
def said():
    """All strings of all sources, but docstrings."""
    found = [Said(file, one.line, one.text, one.before) for file in SCRIPTS for one in literals(file.read_text("utf-8"))]
    for file in PYTHON:
        tree = ast.parse(file.read_text("utf-8"))
        parts = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
        docs = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.JoinedStr):
                text = "".join(part.value if isinstance(part, ast.Constant) else HOLE for part in node.values)
                found.append(Said(file, node.lineno, text, ""))
            elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in parts | docs:
                found.append(Said(file, node.lineno, node.value, ""))
    return found


def pattern(text):
    """What a key with holes may be."""
    return re.compile("(.+)".join(map(re.escape, text.split(HOLE))))


def is_key(text):
    """Whether a string is a key of the words, whole or with holes."""
    return bool(KEY.fullmatch(text)) and text.split(".")[0] in HEADS and not FILE.search(text)


def missing(one):
    return not any(map(pattern(one).fullmatch, ENDS))


def test_every_word_asked_for_is_there():
    wrong = [str(one) for one in said() if is_key(one.text) and missing(one.text)]
    assert not wrong, "in no language file:\n" + "\n".join(wrong)


def asked_by_helpers(source):
    """[(key, line)]: what a module asks for through functions of its own that set something before the key.

    const words = (key, values) => stage.words(`stage.network.${key}`, values); …; words("seeds")
    """
    found = literals(source)
    for one in found:
        made = re.match(r"[\s\S]*(?:const |function )(\w+)(?: = )?\(([^()]*)\)(?: =>)?[^;{}]*\{?[^;{}]*\bwords\($", one.before)
        if made and is_key(one.text) and one.text.endswith("." + HOLE):
            names = [name.strip() for name in made[2].split(",")]
            at = names.index(one.holes[-1]) if one.holes[-1] in names else 0
            call = re.compile(rf"(?<!\w)(?<!\w\.){made[1]}\((?:[^(),]+, ?){{{at}}}(?:[^(),]*[?:] ?)?$")
            yield from ((one.text[:-1] + other.text, other.line) for other in found if call.search(other.before))


@pytest.mark.parametrize("file", SCRIPTS, ids=lambda file: file.name)
def test_every_word_asked_for_through_a_function_is_there(file):
    wrong = [
        f"{file.name}:{line}: {key.replace(HOLE, '…')}" for key, line in asked_by_helpers(file.read_text("utf-8")) if missing(key)
    ]
    assert not wrong, "in no language file:\n" + "\n".join(wrong)


@pytest.mark.parametrize("file", PYTHON, ids=lambda file: file.name)
def test_every_word_that_python_asks_for_is_there(file):
    """words("surface") and words.status("left"), where an f"page.{key}" of the same file sets something before them."""
    heads = [one.text.split(HOLE)[0] for one in said() if one.file == file and HOLE in one.text and is_key(one.text)]
    source, wrong = file.read_text("utf-8"), []
    for node in ast.walk(ast.parse(source)):
        if "i18n" in source and isinstance(node, ast.Call) and node.args and re.match(r"(words|say)\b", ast.unparse(node.func)):
            choices = [node.args[0].body, node.args[0].orelse] if isinstance(node.args[0], ast.IfExp) else node.args[:1]
            keys = [choice.value for choice in choices if isinstance(choice, ast.Constant)]
            wrong += [
                f"{file.name}:{node.lineno}: {key}" for key in keys if not any(head + key in WORDS for head in ["", *heads])
            ]
    assert not wrong, "in no language file:\n" + "\n".join(wrong)


def is_said(text, file):
    """Whether something may fill a hole of a key in this file."""
    return (
        text in TABLES
        or text in quoted()
        or text in names(file)
        or any(
            (found := one.fullmatch(text))
            and all(part in TABLES or part in quoted() or part in names(file) for part in found.groups())
            for one in templates(file)
        )
    )


@functools.cache
def quoted():
    return {one.text for one in said()}


@functools.cache
def names(file):
    """The names in a file, outside of comments."""
    comment = r"//[^\n]*|/\*[\s\S]*?\*/" if file.suffix == ".js" else r"#[^\n]*"
    return set(re.findall(r"\w+", re.sub(comment, "", file.read_text("utf-8"))))


@functools.cache
def templates(file):
    """The strings with holes that stand for a part of a key: `${name}_help`."""
    return [
        pattern(one.text)
        for one in said()
        if one.file == file and HOLE in one.text and one.text.strip(HOLE) and re.fullmatch(rf"[\w.{HOLE}]+", one.text)
    ]


def asked(key):
    """Whether some source asks for a key."""
    for one in said():
        if is_key(one.text):
            ends = {key, key.split(".", 1)[1]}
            found = next(filter(None, map(pattern(one.text).fullmatch, ends)), None)
            if found and all(is_said(part, one.file) for part in found.groups()):
                return True
    return False


@functools.cache
def whole_tables():
    """The tables of words that Python code takes whole: words["surfaces"]."""
    subscripts = [
        node for file in PYTHON for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Subscript)
    ]
    of_words = [node for node in subscripts if re.search(r"\bwords\b", ast.unparse(node.value))]
    return {node.slice.value for node in of_words if isinstance(node.slice, ast.Constant)} & TOP


def test_every_word_is_asked_for():
    dead = [key for key in WORDS if key.split(".")[0] not in {*whole_tables(), "optimizers"} and not asked(key)]
    assert not dead, "in the language files, but nobody asks for it:\n" + "\n".join(dead)


def test_tables_of_words_have_what_there_is():
    words = i18n.words(i18n.DEFAULT)
    for name, rows in {
        "scenes": {**network_scene.SCENES, **surfaces_scene.SCENES},
        "surfaces": SURFACES,
        "datasets": DATASETS,
    }.items():
        assert words[name].keys() == rows.keys()


def test_keys_asked_for_through_a_function_would_be_found():
    source = """
        const say = (kind, key, vars) => ({ kind, text: stage.words(`stage.${key}`, vars) });
        if (lane) return say("left", lane.zero ? "zero" : "no_such_word", { step });
        function hints(stage, key) { return stage.words(`stage.tools.${key}`); }
        button({ ...hints(stage, "title") });
    """
    assert {key for key, _ in asked_by_helpers(source)} == {"stage.zero", "stage.no_such_word", "stage.tools.title"}
    assert missing("stage.no_such_word") and missing(f"stage.nothing.{HOLE}") and not missing(f"stage.{HOLE}_left")
    assert not asked("stage.no_such_word_at_all") and asked("stage.keys.play_pause")
