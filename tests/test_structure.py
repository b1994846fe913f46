"""What keeps the code plain: imports that point one way, short files, locales that are complete."""

import ast
import re
import string
import tomllib
from pathlib import Path

import pytest

from speedup import OPTIMIZERS, SURFACES
from speedup.scenes import network_scene, surfaces_scene
from speedup.words import i18n

ROOT = Path(__file__).resolve().parent.parent
SOURCES = sorted([*ROOT.glob("speedup/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])
TESTS = sorted([*ROOT.glob("tests/**/*.py"), *ROOT.glob("bench/*.py")])
MODULES = sorted([*ROOT.glob("speedup/web/**/*.js"), *ROOT.glob("speedup/web/**/*.css")])


@pytest.mark.parametrize("path", SOURCES + TESTS + MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_are_short(path):
    assert len(path.read_text("utf-8").splitlines()) <= 250


@pytest.mark.parametrize("path", [one for one in MODULES if one.suffix == ".css"], ids=lambda path: path.name)
def test_no_style_depends_on_what_an_element_holds(path):
    """With `:has()` around the stage each node that it inserts makes the browser match the whole page anew."""
    assert ":has(" not in re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.S)


def test_pages_are_short():
    assert all(len(path.read_text("utf-8").splitlines()) <= 100 for path in ROOT.glob("pages/*.py"))


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_functions_are_short(path):
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef):
            entry = any("entry" in ast.unparse(decorator) for decorator in node.decorator_list)
            assert node.end_lineno - node.lineno < 40, node.name
            assert entry or len(node.args.args) <= 6, node.name


def leaves(table, prefix=""):
    for key, value in table.items():
        if isinstance(value, dict):
            yield from leaves(value, f"{prefix}{key}.")
        else:
            yield f"{prefix}{key}", value


def holes(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("lang", i18n.LANGUAGES)
def test_every_language_has_every_word(lang):
    here, english = (dict(leaves(i18n.words(one))) for one in (lang, "en"))
    assert here.keys() == english.keys()
    for key, text in here.items():
        assert text.strip() and holes(text) == holes(english[key]), key
    if lang != "en":
        own = tomllib.loads((i18n.LOCALES / f"{lang}.toml").read_text("utf-8"))
        assert own["surfaces"].keys() == SURFACES.keys()
        assert all(own["surfaces"][name].keys() == {"label", "teaches"} for name in SURFACES)


@pytest.mark.parametrize(
    "asked, locale, lang",
    [
        ("zh", "en-GB", "zh"),
        (None, "zh-CN", "zh"),
        (None, "de-DE", "en"),
        ("xx", None, "en"),
        ("xx", "zh", "zh"),
    ],
)
def test_the_link_outweighs_the_browser_s_language(asked, locale, lang):
    assert i18n.language(asked, locale) == lang


def test_optimizers_have_names_in_every_language():
    assert all(i18n.words(lang)["optimizers"].keys() == OPTIMIZERS.keys() for lang in i18n.LANGUAGES)


RUBBISH = [
    ("surface", "nowhere"), ("surface", "beale,a:1"), ("surface", "beale" + "," * 999), ("start", "99,99"), ("steps", "0"),
    ("steps", "1"), ("noise", "-1"), ("seed", "1.5"), ("lane", "adamm"), ("lane", "sgd,lr:9,lr:9"), ("lane", "sgd,batch:5"),
    ("dataset", "nowhere"), ("hidden", "9" * 999), ("hidden", "8,8,8,8"), ("view", "5d"), ("test", "0.9"),
    ("samples", "2000"), ("batch", "2000"), ("steps", "10000"), *[("lane", "sgd")] * 20, *[("zzz", "1")] * 200,
]  # fmt: skip


@pytest.mark.parametrize("kind", [surfaces_scene, network_scene], ids=lambda kind: kind.NAME)
def test_what_is_allowed_is_said_in_every_language(kind):
    heavy = [("hidden", "32,32,32"), ("samples", "2000"), ("batch", "2000"), ("steps", "10000")]
    problems = [*kind.read_scene(RUBBISH)[1], *kind.read_scene(heavy if kind is network_scene else [("steps", "-1")])[1]]
    assert len({problem.allowed for problem in problems}) >= 8
    for problem in problems:
        assert i18n.allowed("en", problem.allowed) == problem.allowed
        assert i18n.allowed("zh", problem.allowed) != problem.allowed, problem.allowed


def test_what_make_check_leaves_out_is_there():
    """A test that is renamed would be taken in again, or one that is not there be thought to be left out."""
    lists = re.search(r"^SERVED = .*?(?=^ALONE)", (ROOT / "Makefile").read_text("utf-8"), re.M | re.S)[0]
    names = re.sub(r"^[A-Z]+ = |\\$", "", lists, flags=re.M).split()
    assert (
        len(names) > 50 and all((ROOT / "tests" / f"test_{name}.py").exists() for name in names) and len(set(names)) == len(names)
    )
